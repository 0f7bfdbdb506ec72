import { existsSync, mkdirSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { cleanEnv, home, type Ran } from "./sandbox.ts";
import { type Started, type StartOptions, startProcess } from "./launch-process.ts";

/** A copy of this repository, as `git clone` makes one, and a folder beside it for what a test needs. */
export interface Clone {
  /** The copy, absolute and real. */
  readonly root: string;
  readonly outer: string;
  readonly env: Readonly<Record<string, string>>;
  at(...parts: readonly string[]): string;
  /** What the launcher knows of this system. */
  known(name: "bun" | "bun.lock" | "checked"): string;
  /** A folder for PATH: links to programs of this machine, and scripts. */
  path(programs: readonly string[], scripts?: Readonly<Record<string, string>>): string;
  start(argv: readonly string[], options?: StartOptions): Started;
  /** Starts it and waits for its end. */
  run(argv: readonly string[], options?: StartOptions): Promise<Ran>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface CloneOptions {
  /** The copy's folder; spaces by default. */
  readonly name?: string;
  /** With the packages that are installed here, but nothing known about them. */
  readonly modules?: boolean;
  /** Pins two packages, so that it is installed at once; its `bin/k` only says, as JSON, how it was called. */
  readonly small?: boolean;
}

/** What the launcher uses to install, with and without npm. */
export const coreutils = ["cat", "cmp", "cp", "ln", "mkdir", "mv", "readlink", "rm", "rmdir", "sleep", "touch"];
export const withBun = [...coreutils, "bun"];
export const withNpm = [...coreutils, "node", "npm", "tar", "gzip"];

/** The version line of this repository's `k`. */
export const versionLine = `k ${((await Bun.file(join(home, "package.json")).json()) as { version: string }).version}\n`;

const probe = `const { argv, env, execPath, pid } = process;
console.log(JSON.stringify({ argv: argv.slice(2), home: import.meta.dir, cwd: process.cwd(), execPath, pid, env }));
`;

/** What a probe says. */
export interface Probed {
  readonly argv: readonly string[];
  readonly home: string;
  readonly cwd: string;
  readonly execPath: string;
  readonly pid: number;
  readonly env: Readonly<Record<string, string>>;
}

/** Copies the repository as it stands, without what git ignores. */
export async function clone({
  name = "a clone of k",
  modules = false,
  small = false,
}: CloneOptions = {}): Promise<Clone> {
  const outer = realpathSync(await mkdtemp(join(tmpdir(), "k-clone-")));
  const root = join(outer, name);
  mkdirSync(root);
  mkdirSync(join(outer, "home"));
  const entries = readdirSync(home).filter((entry) => !/^(\.git|node_modules|\.k|dist|result.*)$/.test(entry));
  const copied = Bun.spawnSync(["cp", "-R", ...entries, `${root}/`], { cwd: home, stderr: "pipe" });
  if (!copied.success) {
    throw new Error(copied.stderr.toString());
  }
  if (modules) {
    linkModules(join(root, "node_modules"), small ? ["@oven", ...fewPackages] : [""]);
  }
  if (small) {
    await trimLock(root);
    writeFileSync(join(root, "bin/k"), `${firstLine(await Bun.file(join(root, "bin/k")).text())}\n${probe}`);
  }
  const env = { ...cleanEnv(outer), ...registryEnv(), BUN_INSTALL_CACHE_DIR: bunCache };
  const all: Started[] = [];
  const start = (argv: readonly string[], options: StartOptions = {}): Started => {
    const started = startProcess(argv, { cwd: options.cwd ?? outer, env: { ...env, ...options.env } });
    all.push(started);
    return started;
  };
  return {
    root,
    outer,
    env,
    at: (...parts) => join(root, ...parts),
    known: (what) => join(systemFolder(root), what),
    path: (programs, scripts = {}) => pathFolder(outer, programs, scripts),
    start,
    run: (argv, options) => start(argv, options).ended,
    async [Symbol.asyncDispose]() {
      for (const { killAll } of all) {
        killAll();
      }
      await rm(outer, { recursive: true, force: true });
    },
  };
}

function firstLine(text: string): string {
  return text.slice(0, text.indexOf("\n"));
}

/** Hard links where they can be, so that half a gigabyte is there at once; a test replaces files and never writes into them. */
function linkModules(target: string, packages: readonly string[]): void {
  for (const name of packages) {
    const [from, to] = [join(home, "node_modules", name), join(target, name)];
    mkdirSync(dirname(to), { recursive: true });
    const linked = ["-al", "-cR", "-R"].some((flag) => {
      const done = Bun.spawnSync(["cp", flag, from, to], { stderr: "ignore" }).exitCode === 0;
      if (!done) {
        rmSync(to, { recursive: true, force: true });
      }
      return done;
    });
    if (!linked) {
      throw new Error(`${from} could not be copied: run ./k once`);
    }
  }
  for (const entry of readdirSync(target)) {
    if (entry.startsWith(".k")) {
      rmSync(join(target, entry), { recursive: true });
    }
  }
}

function systemFolder(root: string): string {
  const state = join(root, "node_modules/.k");
  const [system = "none"] = existsSync(state)
    ? readdirSync(state, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
    : [];
  return join(state, system);
}

let folders = 0;

function pathFolder(outer: string, programs: readonly string[], scripts: Readonly<Record<string, string>>): string {
  folders += 1;
  const folder = join(outer, `path ${folders}`);
  mkdirSync(folder);
  for (const program of programs) {
    const found = program === "bun" ? process.execPath : Bun.which(program);
    if (found === null) {
      throw new Error(`${program} is not on PATH`);
    }
    symlinkSync(found, join(folder, program));
  }
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
  }
  return folder;
}

/** How this machine reaches its npm registry: a test has a HOME of its own, but no network of its own. */
function registryEnv(): Record<string, string> {
  const names = /^(npm_config_.*|bun_config_.*|(https?|all|no)_proxy|node_extra_ca_certs|ssl_cert_(file|dir))$/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] => names.test(entry[0]) && entry[1] !== undefined
    )
  );
}

/** What this machine's Bun has fetched before need not be fetched again. */
const bunCache = Bun.spawnSync([process.execPath, "pm", "cache"], { cwd: home }).stdout.toString().trim();

const fewPackages = ["bun", "cac"];

/** Leaves few of the packages; Bun needs no network to leave the others out. */
async function trimLock(root: string): Promise<void> {
  const {
    devDependencies: _,
    dependencies,
    ...manifest
  } = (await Bun.file(join(root, "package.json")).json()) as Record<string, Record<string, string>>;
  const few = Object.fromEntries(Object.entries(dependencies ?? {}).filter(([name]) => fewPackages.includes(name)));
  await Bun.write(join(root, "package.json"), JSON.stringify({ ...manifest, dependencies: few }, null, 2));
  const done = Bun.spawnSync([process.execPath, "install", "--lockfile-only", "--ignore-scripts"], {
    cwd: root,
    stdout: "ignore",
    stderr: "pipe",
  });
  if (!done.success) {
    throw new Error(`the lockfile could not be trimmed: ${done.stderr.toString()}`);
  }
}
