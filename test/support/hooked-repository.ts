import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { folderOf, under } from "../../lib/hooks/path-text.ts";
import { fastFolder } from "./fast-folder.ts";
import { cleanEnv } from "./sandbox.ts";

/** What the hook of a test is to do; it gets it by the environment. */
export interface HookOrders {
  /** How the fixer gets at the content; on copies of files where not given. */
  readonly via?: "copy" | "content";
  /** The number of the step on the disk before which the hook is killed. */
  readonly killAt?: number;
  /** Where it waits: it opens the FIFO `ready` for writing, then reads `go`. */
  readonly pauseAt?: "opened" | "fixed" | "applied";
  readonly ready?: string;
  readonly go?: string;
  /** A file for the JSON of what it did. */
  readonly report?: string;
  readonly emptyCommit?: "allow";
  readonly exitCode?: number;
  readonly waitMs?: number;
  /** A file for its process number, written as it begins, or just before it applies its fixes. */
  readonly pidFile?: string;
  readonly pidAt?: "begin" | "apply";
}

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A repository with the test hook in it, and a world of its own around it. */
export interface HookedRepository extends Disposable {
  readonly root: string;
  readonly gitDir: string;
  readonly env: Readonly<Record<string, string>>;
  /** A path below the root. */
  at(...parts: readonly string[]): string;
  write(files: Readonly<Record<string, string | Uint8Array>>): void;
  read(path: string): string;
  /** Runs git; throws where it fails. */
  git(...args: readonly string[]): string;
  /** Runs git with the hook, and says how it ended. */
  run(args: readonly string[], orders?: HookOrders, how?: { readonly cwd?: string; readonly stdin?: string }): Ran;
  /** The same, not waited for. */
  start(args: readonly string[], orders?: HookOrders, cwd?: string): Bun.Subprocess<"ignore", "pipe", "pipe">;
  /** As the next command of `k` does. */
  recover(orders?: HookOrders): Ran;
  /** What of `k` is left in the git folder. */
  leftovers(): readonly string[];
}

const driver = resolve(import.meta.dir, "hook-driver.ts");

export const hookScript = `#!/bin/sh\nexec "${process.execPath}" --no-install --no-env-file "${driver}"\n`;

/** A repository with these files in a first commit; `folder` is where it is made. */
export function makeHooked(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  folder: string = fastFolder()
): HookedRepository {
  const outer = realpathSync(mkdtempSync(join(folder, "k-test-")));
  const root = join(outer, "work");
  mkdirSync(root);
  mkdirSync(join(outer, "home"));
  const env = cleanEnv(outer);
  const repository = hookedAt(root, env, () => rmSync(outer, { recursive: true, force: true }));
  repository.git("init", "--quiet", "--initial-branch=main");
  repository.write(files);
  if (Object.keys(files).length > 0) {
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--no-verify", "--message=start");
  }
  installHook(repository.at(".git"), "pre-commit");
  return repository;
}

export function installHook(gitDir: string, name: string): void {
  mkdirSync(join(gitDir, "hooks"), { recursive: true });
  writeFileSync(join(gitDir, "hooks", name), hookScript);
  chmodSync(join(gitDir, "hooks", name), 0o755);
}

/** The same for a working tree that is there already: a submodule, a linked worktree. */
export function hookedAt(
  root: string,
  env: Readonly<Record<string, string>>,
  dispose: () => void = () => {}
): HookedRepository {
  const withOrders = (orders: HookOrders): Record<string, string> => ({ ...env, K_TEST_HOOK: JSON.stringify(orders) });
  const run: HookedRepository["run"] = (args, orders = {}, how = {}) => {
    const stdin = how.stdin === undefined ? "ignore" : Buffer.from(how.stdin);
    return ended(Bun.spawnSync(["git", ...args], { cwd: how.cwd ?? root, env: withOrders(orders), stdin }));
  };
  const git: HookedRepository["git"] = (...args) => {
    const ran = run(args);
    if (ran.exitCode !== 0) {
      throw new Error(`git ${args.join(" ")}: ${ran.stderr}`);
    }
    return ran.stdout;
  };
  const gitDir = (): string => resolve(root, git("rev-parse", "--absolute-git-dir").trim());
  return {
    root,
    env,
    run,
    git,
    get gitDir() {
      return gitDir();
    },
    at: (...parts) => join(root, ...parts),
    write(files) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(under(root, folderOf(path)), { recursive: true });
        writeFileSync(under(root, path), content);
      }
    },
    read: (path) => readFileSync(under(root, path), "latin1"),
    start: (args, orders = {}, cwd = root) =>
      Bun.spawn(["git", ...args], { cwd, env: withOrders(orders), stdin: "ignore", stdout: "pipe", stderr: "pipe" }),
    recover: (orders = {}) =>
      ended(
        Bun.spawnSync([process.execPath, "--no-install", driver, "recover"], { cwd: root, env: withOrders(orders) })
      ),
    leftovers: () =>
      existsSync(join(gitDir(), "k"))
        ? Array.from(new Bun.Glob("*").scanSync({ cwd: join(gitDir(), "k"), dot: true, onlyFiles: false }))
        : [],
    [Symbol.dispose]: dispose,
  };
}

function ended({
  exitCode,
  stdout,
  stderr,
}: {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}): Ran {
  return { exitCode, stdout: stdout.toString(), stderr: stderr.toString() };
}
