import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { FoundTool } from "./find-tool.ts";
import type { Spawner } from "./process/spawner.ts";

/** The first thing in a text that looks like a version. */
export function readVersion(text: string): string | undefined {
  return /\d+(?:\.\d+)+(?:[-+.]?[0-9A-Za-z]+)*/.exec(text)?.[0];
}

/** By their numbers, part by part; what stands behind them does not count. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => (version.match(/\d+/g) ?? []).map(Number));
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index += 1) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

type Known = Record<string, { readonly signature: string; readonly version: string }>;

/**
 * Asks programs for their version, and remembers the answer in a file for as long as the program's file is the same:
 * some take a fifth of a second to say it.
 */
export class ToolVersions {
  readonly #file: string;
  readonly #spawner: Spawner;
  readonly #env: Readonly<Record<string, string | undefined>>;
  #known: Known | undefined;

  constructor(file: string, spawner: Spawner, env: Readonly<Record<string, string | undefined>>) {
    this.#file = file;
    this.#spawner = spawner;
    this.#env = env;
  }

  /** `undefined` where the tool does not say. */
  async of(found: FoundTool): Promise<string | undefined> {
    if (found.version !== undefined || found.tool.version === undefined) {
      return found.version;
    }
    const [program, ...before] = found.argv;
    if (program === undefined) {
      return undefined;
    }
    const known = this.#load();
    const signature = signatureOf(found.path);
    const cached = known[found.path];
    if (cached !== undefined && cached.signature === signature) {
      return cached.version;
    }
    const said = await this.#spawner.run({
      argv: [program, ...before, ...found.tool.version.args],
      cwd: "/",
      env: { ...this.#env, ...found.env },
      timeout: 20,
    });
    const version = said.spawnError === undefined ? (readVersion(said.stdout) ?? readVersion(said.stderr)) : undefined;
    if (version !== undefined && signature !== undefined) {
      this.#save(found.path, { signature, version });
    }
    return version;
  }

  #load(): Known {
    if (this.#known !== undefined) {
      return this.#known;
    }
    try {
      const read: unknown = JSON.parse(readFileSync(this.#file, "utf8"));
      this.#known = typeof read === "object" && read !== null ? (read as Known) : {};
    } catch {
      this.#known = {};
    }
    return this.#known;
  }

  /** Best effort: where the cache folder cannot be written, the next run asks again. */
  #save(path: string, entry: Known[string]): void {
    const known = { ...this.#load(), [path]: entry };
    this.#known = known;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      const temporary = `${this.#file}.${process.pid}`;
      writeFileSync(temporary, JSON.stringify(known));
      renameSync(temporary, this.#file);
    } catch {
      // The answer is known for this run.
    }
  }
}

function signatureOf(path: string): string | undefined {
  try {
    const { mtimeMs, size, ino } = statSync(path);
    return `${mtimeMs}:${size}:${ino}`;
  } catch {
    return undefined;
  }
}
