import type { JobContext } from "../lib/hook.ts";

/** Files that say which packages are to be there, and what brings them. */
const commands: Readonly<Record<string, string>> = {
  "bun.lock": "bun install --frozen-lockfile",
  "bun.lockb": "bun install --frozen-lockfile",
  "package-lock.json": "npm ci",
  "pnpm-lock.yaml": "pnpm install --frozen-lockfile",
  "yarn.lock": "yarn install --immutable",
  "deno.lock": "deno install",
  "flake.lock": "direnv reload, or leave the development shell and enter it again",
  "Cargo.lock": "cargo fetch",
  "go.sum": "go mod download",
  "poetry.lock": "poetry install",
  "uv.lock": "uv sync",
  "Pipfile.lock": "pipenv sync",
  "requirements.txt": "pip install -r requirements.txt",
  "Gemfile.lock": "bundle install",
  "composer.lock": "composer install",
};

/** Says which lockfiles are not the same in two commits, and what brings what they pin; nothing where all are. */
export async function tellLockfiles(
  { git, print }: Pick<JobContext, "git" | "print">,
  from: string,
  to: string
): Promise<void> {
  if (from === to || /^0+$/.test(from)) {
    return;
  }
  const changed = await git(
    "diff",
    "--name-only",
    "-z",
    "--diff-filter=d",
    "--no-ext-diff",
    "--no-renames",
    from,
    to,
    "--"
  );
  for (const path of changed.split("\0")) {
    const command = commands[path.slice(path.lastIndexOf("/") + 1)];
    if (command !== undefined) {
      print(`${path} changed: ${command}\n`);
    }
  }
}
