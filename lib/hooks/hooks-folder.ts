import { realpathSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { type GitOptions, gitProblem, readGit, runGit } from "../git/git.ts";

/** Where git looks for hooks. */
export interface HooksFolder {
  /** Absolute; it may not be there yet. */
  readonly path: string;
  /** Who says so: `core.hooksPath` of this repository, of the user or of the machine; git itself where it is not set. */
  readonly setBy: "git" | "repository" | "user" | "system" | "command";
  /** `core.hooksPath` as it is written. */
  readonly setting: string | undefined;
  /** From the top of the working tree, where the folder is in it. */
  readonly inWorktree: string | undefined;
}

const scopes: Readonly<Record<string, HooksFolder["setBy"]>> = {
  local: "repository",
  worktree: "repository",
  global: "user",
  system: "system",
  command: "command",
};

/** `top` is that of a working tree, absolute. Rejects with a `ProblemError`. */
export async function findHooksFolder(top: string, git: GitOptions): Promise<HooksFolder> {
  const at = { ...git, cwd: top };
  const asked = await runGit(["config", "--show-scope", "-z", "--get", "core.hooksPath"], at);
  if (asked.exitCode > 1) {
    throw new ProblemError(gitProblem(["config"], asked));
  }
  const [scope = "", setting] = new TextDecoder().decode(asked.stdout).split("\0");
  const isSet = asked.exitCode === 0;
  if (isSet && setting === "") {
    throw new ProblemError(emptySetting);
  }
  const path = resolve(
    top,
    new TextDecoder().decode(await readGit(["rev-parse", "--git-path", "hooks"], at)).replace(/\n$/, "")
  );
  return {
    path,
    setBy: isSet ? (scopes[scope] ?? "system") : "git",
    setting: isSet ? setting : undefined,
    inWorktree: below(top, path),
  };
}

const emptySetting: Problem = {
  kind: "hook",
  what: "`core.hooksPath` is set, and to nothing, so that git does not find any hook",
  hint: "git config --unset core.hooksPath",
};

/** The part of a path below a folder; undefined where it leads elsewhere, or into its `.git`. */
export function below(folder: string, path: string): string | undefined {
  const part = relative(real(folder), real(path));
  if (part === ".git" || part.startsWith(".git/") || part === ".." || part.startsWith("../") || isAbsolute(part)) {
    return undefined;
  }
  return part === "" ? "." : part;
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Why `k` does not write in this folder; undefined where it does. */
export function whyNotOurs({ setBy, setting, path, inWorktree }: HooksFolder): Problem | undefined {
  if (inWorktree !== undefined && /(^|\/)\.husky(\/_)?$/.test(inWorktree)) {
    return {
      kind: "hook",
      what: `husky keeps the hooks of this repository: \`core.hooksPath\` is ${setting ?? inWorktree}`,
      hint: "git config --unset core.hooksPath, and take husky out of the scripts of package.json: it would set it again",
    };
  }
  if (setBy === "git" || setBy === "repository") {
    return undefined;
  }
  const whose = {
    user: "your own git config",
    system: "the git config of this machine",
    command: "a setting of this git call",
  }[setBy];
  return {
    kind: "hook",
    what: `${whose} has all hooks in ${path} (\`core.hooksPath\`), and \`k\` does not write in a folder that other repositories share`,
    hint: 'to give this repository its own hooks: git config --local core.hooksPath "$(git rev-parse --path-format=absolute --git-common-dir)/hooks"',
  };
}
