import { mkdirSync } from "node:fs";
import { chmod, mkdtemp, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** The repository that is tested. */
export const home = resolve(import.meta.dir, "../..");

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly stdin?: string | Uint8Array;
}

/** A folder of its own with a HOME, a git config and an environment of its own, gone when the test ends. */
export interface Sandbox {
  /** The project, absolute and real. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  /** The real `k`, on the Bun that runs the tests. */
  k(...args: readonly string[]): Promise<Ran>;
  kWith(options: RunOptions, ...args: readonly string[]): Promise<Ran>;
  run(argv: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Runs git; a code other than 0 throws with what it said. */
  git(...args: readonly string[]): Promise<string>;
  write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void>;
  read(path: string): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface SandboxOptions {
  /** Makes it a git repository (the default). */
  readonly git?: boolean;
  /** Adds and commits the files that it starts with. */
  readonly commit?: boolean;
}

/** A project with these files. Text that starts with `#!` becomes executable; `→target` becomes a link. */
export async function sandbox(
  files: Readonly<Record<string, string | Uint8Array>> = {},
  options: SandboxOptions = {}
): Promise<Sandbox> {
  const outer = await realpath(await mkdtemp(join(tmpdir(), "k-test-")));
  const root = join(outer, "project");
  mkdirSync(root);
  mkdirSync(join(outer, "home"));
  const env = cleanEnv(outer);
  const run = async (argv: readonly string[], given: RunOptions = {}): Promise<Ran> => {
    const child = Bun.spawn([...argv], {
      cwd: given.cwd ?? root,
      env: { ...env, ...given.env } as Record<string, string>,
      stdin: given.stdin === undefined ? "ignore" : Buffer.from(given.stdin),
      stdout: "pipe",
      stderr: "pipe",
    });
    const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
    return { exitCode, stdout, stderr };
  };
  const kWith = (given: RunOptions, ...args: readonly string[]): Promise<Ran> =>
    run([process.execPath, ...kArguments, ...args], given);
  const box: Sandbox = {
    root,
    env,
    run,
    kWith,
    k: (...args) => kWith({}, ...args),
    async git(...args) {
      const ran = await run(["git", ...args]);
      if (ran.exitCode !== 0) {
        throw new Error(`git ${args.join(" ")}: ${ran.stderr}`);
      }
      return ran.stdout;
    },
    async write(more) {
      for (const [path, content] of Object.entries(more)) {
        await writeOne(join(root, path), content);
      }
    },
    read: (path) => Bun.file(join(root, path)).text(),
    [Symbol.asyncDispose]: () => rm(outer, { recursive: true, force: true }),
  };
  await box.write(files);
  if (options.git !== false) {
    await box.git("init", "--quiet", "--initial-branch=main");
  }
  if (options.commit === true) {
    await box.git("add", "--all");
    await box.git("commit", "--quiet", "--no-verify", "--message=start");
  }
  return box;
}

/** As `./k` starts it: no .env, no bunfig.toml but k's own. */
export const kArguments = [
  "--no-install",
  "--no-env-file",
  `--config=${join(home, "bunfig.toml")}`,
  "--tsconfig-override=/dev/null",
  join(home, "bin/k"),
];

async function writeOne(path: string, content: string | Uint8Array): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  if (typeof content === "string" && content.startsWith("→")) {
    await symlink(content.slice(1), path);
    return;
  }
  await Bun.write(path, content);
  if (typeof content === "string" && content.startsWith("#!")) {
    await chmod(path, 0o755);
  }
}

/** Nothing of the machine's own git config, HOME, CI or colour settings reaches a test. */
export function cleanEnv(outer: string): Record<string, string> {
  return {
    // Without rustup's stand-ins: they look for their toolchain in a HOME that is not this one.
    PATH: (process.env["PATH"] ?? "/usr/bin:/bin")
      .split(":")
      .filter((folder) => !folder.endsWith("/.cargo/bin"))
      .join(":"),
    HOME: join(outer, "home"),
    TMPDIR: process.env["TMPDIR"] ?? "/tmp",
    LANG: "C.UTF-8",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "Test",
    GIT_AUTHOR_EMAIL: "test@example.com",
    GIT_COMMITTER_NAME: "Test",
    GIT_COMMITTER_EMAIL: "test@example.com",
    GIT_AUTHOR_DATE: "2026-01-02T03:04:05Z",
    GIT_COMMITTER_DATE: "2026-01-02T03:04:05Z",
  };
}

/** The text of a project's task file that runs a line of shell. */
export function task(line: string, needs: readonly string[] = []): string {
  return [
    'import { defineTask } from "konductor";',
    "export default defineTask({",
    `  summary: ${JSON.stringify(`Run ${line}`)},`,
    `  needs: ${JSON.stringify(needs)},`,
    "  run: async ({ exec, id }) => {",
    `    const ran = await exec(["sh", "-c", ${JSON.stringify(line)}]);`,
    `    if (ran.exitCode !== 0) return { status: "failed", problems: [{ kind: "task-failed", id, exitCode: ran.exitCode }] };`,
    "  },",
    "});",
    "",
  ].join("\n");
}

/** A trusted project with tasks of its own. */
export async function projectWithTasks(files: Readonly<Record<string, string>>): Promise<Sandbox> {
  const box = await sandbox({ "konductor.toml": '[tasks]\ndir = "tasks"\n', ...files });
  const trusted = await box.k("trust");
  if (trusted.exitCode !== 0) {
    throw new Error(trusted.stderr);
  }
  return box;
}
