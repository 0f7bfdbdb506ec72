import { closeSync, openSync, readdirSync, readSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { statLine } from "../../host/stat-line.ts";

export interface ProgramIdentity {
  /** Texts that change when the program does: sizes and times of all that is known to be part of it. */
  readonly stats: readonly string[];
  /** It only leads to another program, which may change without it: nothing but its answer tells its version. */
  readonly isShim: boolean;
}

/**
 * What a program on `PATH` is known again by, without starting it: its file and, for a script, the interpreter and the
 * folders of packages beside that. `path` is absolute; `env` is that of whoever starts it.
 */
export function identifyProgram(path: string, env: Readonly<Record<string, string | undefined>>): ProgramIdentity {
  const real = realOf(path);
  const own = statLine(real) ?? "";
  const interpreter = interpreterOf(real, env["PATH"] ?? "");
  // rustup and the like answer to many names; pyenv, asdf and mise keep theirs in a folder of that name.
  const isShim = isOtherProgram(path, real) || /[/](shims|\.?rustup)[/]/.test(path) || isShell(interpreter);
  if (interpreter === undefined) {
    return { stats: [own], isShim };
  }
  const program = realOf(interpreter);
  const isPython = /python|pypy/.test(basename(program));
  const packages = isPython ? packageStats(interpreter, env["HOME"] ?? "/") : [];
  return { stats: [own, statLine(program) ?? "", ...packages], isShim };
}

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** `rustfmt` that is a link to `rustup` is one; `python3` that is a link to `python3.11` is not. */
function isOtherProgram(path: string, real: string): boolean {
  const stem = (name: string): string => basename(name).replace(/[-.\d]*(\.exe)?$/, "");
  return !stem(real).includes(stem(path)) && !stem(path).includes(stem(real));
}

function isShell(interpreter: string | undefined): boolean {
  return interpreter !== undefined && /^(ba|da|z|k|a)?sh$/.test(basename(interpreter));
}

/** The program of a `#!` line, absolute; for `/usr/bin/env NAME` the name. */
function interpreterOf(path: string, searched: string): string | undefined {
  const line = /^#!\s*(\S+)(?:\s+(?:-S\s+)?(\S+))?/.exec(headOf(path));
  const [, program, argument] = line ?? [];
  if (program !== undefined && basename(program) === "env" && argument !== undefined) {
    return Bun.which(argument, { PATH: searched }) ?? argument;
  }
  return program;
}

function headOf(path: string): string {
  try {
    const descriptor = openSync(path, "r");
    try {
      const bytes = new Uint8Array(256);
      return new TextDecoder("latin1").decode(bytes.subarray(0, readSync(descriptor, bytes, 0, 256, 0)));
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return "";
  }
}

const knownPackages = new Map<string, readonly string[]>();

/** Once in a run: several tools are scripts of one Python. */
function packageStats(interpreter: string, home: string): readonly string[] {
  const key = `${interpreter}\0${home}`;
  const stats = knownPackages.get(key) ?? packageFolders(interpreter, home).map((folder) => `${statLine(folder)}`);
  knownPackages.set(key, stats);
  return stats;
}

/** A package that comes, goes or changes its version changes its folder's list, and so the folder's time. */
function packageFolders(interpreter: string, home: string): readonly string[] {
  const prefixes = new Set([dirname(dirname(interpreter)), "/usr", "/usr/local", join(home, ".local")]);
  return [...prefixes].flatMap((prefix) =>
    entriesOf(join(prefix, "lib"))
      .filter((name) => /^(python|pypy)\d/.test(name))
      .flatMap((name) => ["site-packages", "dist-packages"].map((folder) => join(prefix, "lib", name, folder)))
  );
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).toSorted();
  } catch {
    return [];
  }
}
