import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Machine } from "../../lib/setup/machine.ts";
import { cleanEnv, home } from "./sandbox.ts";

export interface TestMachine extends Disposable {
  readonly machine: Machine;
  /** Absolute; `/etc/group` of the machine is `etc/group` below it. */
  readonly outer: string;
  /** The user's HOME. */
  readonly userHome: string;
  readonly said: readonly string[];
}

/** A machine whose files are in a folder of its own: `files` by path from there. Programs really run. */
export function testMachine(files: Readonly<Record<string, string>> = {}, other: Partial<Machine> = {}): TestMachine {
  const outer = realpathSync(mkdtempSync(join(tmpdir(), "k-setup-test-")));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(outer, path)), { recursive: true });
    writeFileSync(join(outer, path), text);
  }
  for (const folder of ["home", "project", "bin"]) {
    mkdirSync(join(outer, folder), { recursive: true });
  }
  const said: string[] = [];
  const env = { ...cleanEnv(outer), SHELL: "/bin/bash", PATH: `${join(outer, "bin")}:/usr/bin:/bin`, ...other.env };
  const machine: Machine = {
    platform: "linux",
    arch: "x64",
    user: { name: "ada", uid: 1000 },
    home,
    root: join(outer, "project"),
    worktree: undefined,
    launcher: join(home, "k"),
    attended: false,
    signal: new AbortController().signal,
    now: () => new Date("2026-01-02T03:04:05Z"),
    at: (path) => join(outer, path),
    mayWrite: () => false,
    which: (program) => Bun.which(program, { PATH: env.PATH }) ?? undefined,
    async run(argv, options = {}) {
      const child = Bun.spawn([...argv], { cwd: options.cwd ?? outer, env, stdout: "pipe", stderr: "pipe" });
      const [stdout, stderr, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
      return { exitCode, stdout, stderr };
    },
    runOpenly: () => Promise.reject(new Error("nobody is at this machine")),
    say: (line) => void said.push(line),
    hooks: { missing: () => Promise.resolve([]), install: () => Promise.resolve("") },
    completions: { look: () => Promise.resolve([]), install: () => Promise.resolve("") },
    binary: { path: undefined, build: () => Promise.resolve("") },
    ...other,
    env,
  };
  return {
    machine,
    outer,
    userHome: join(outer, "home"),
    said,
    [Symbol.dispose]: () => rmSync(outer, { recursive: true, force: true }),
  };
}
