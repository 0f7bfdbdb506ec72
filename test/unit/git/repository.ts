import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of its own in which git sees no configuration but the test's. */
export interface Sandbox extends Disposable {
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs git in the root, or in a folder below it, and returns what it prints; throws where it fails. */
  git(args: readonly string[], folder?: string): string;
  /** Writes files, with the folders that they need. */
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  path(...parts: string[]): string;
}

export function makeSandbox(): Sandbox {
  const base = realpathSync(mkdtempSync(join(tmpdir(), "k-test-")));
  const root = join(base, "work");
  mkdirSync(root);
  const env = {
    PATH: process.env.PATH,
    HOME: base,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CEILING_DIRECTORIES: dirname(base),
    GIT_AUTHOR_NAME: "A",
    GIT_AUTHOR_EMAIL: "a@example.org",
    GIT_COMMITTER_NAME: "A",
    GIT_COMMITTER_EMAIL: "a@example.org",
  };
  writeFileSync(join(base, ".gitconfig"), '[init]\n\tdefaultBranch = main\n[protocol "file"]\n\tallow = always\n');
  return {
    root,
    env,
    git(args, folder = "") {
      const result = Bun.spawnSync(["git", ...args], { cwd: join(root, folder), env, stdin: "ignore" });
      if (result.exitCode !== 0) {
        throw new Error(`git ${args.join(" ")}: ${result.stderr.toString()}`);
      }
      return result.stdout.toString();
    },
    write(files) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
    },
    path: (...parts) => join(root, ...parts),
    [Symbol.dispose]: () => rmSync(base, { recursive: true, force: true }),
  };
}

/** A sandbox that is a repository with these files in one commit. */
export function makeRepository(files: Readonly<Record<string, string | Uint8Array>> = {}): Sandbox {
  const sandbox = makeSandbox();
  sandbox.git(["init", "--quiet"]);
  sandbox.write(files);
  if (Object.keys(files).length > 0) {
    commitAll(sandbox, "first");
  }
  return sandbox;
}

export function commitAll(sandbox: Sandbox, message: string): void {
  sandbox.git(["add", "--all"]);
  sandbox.git(["commit", "--quiet", "--message", message]);
}

export const pathsOf = (files: readonly { readonly path: string }[]): readonly string[] =>
  files.map(({ path }) => path);
