import type { Problem } from "../core/problem.ts";

/** A file to be written; `before` is set for one that is there and is added to. */
export interface ScaffoldFile {
  /** From the root of the project. */
  readonly path: string;
  readonly text: string;
  readonly before?: string;
}

/** What there is to know of the place where it goes. */
export interface ScaffoldPlace {
  /** Absolute. */
  readonly root: string;
  /** The project is `k` itself. */
  readonly isHome: boolean;
  /** The project's own folders of tasks and hooks, from the root; undefined where its config names none. */
  readonly tasks: string | undefined;
  readonly hooks: string | undefined;
  /** Names and aliases that are taken. */
  readonly taskNames: readonly string[];
  readonly toolNames: readonly string[];
  /** What runs tests from here: `bun`, or where that is not on PATH the one that `k` has. */
  readonly bun: string;
  /** The text of a file from the root; undefined where there is none. */
  read(path: string): string | undefined;
}

export interface Wanted {
  readonly name: string;
  readonly summary: string;
}

export type Scaffold =
  | { readonly ok: true; readonly files: readonly ScaffoldFile[]; readonly next: readonly string[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function refused(message: string, hint?: string): Scaffold {
  return { ok: false, problems: [{ kind: "wrong-use", message, ...(hint === undefined ? {} : { hint }) }] };
}

/** Text as TypeScript has it. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/** An import as TypeScript has it: whoever reads this code's own imports does not take it for one. */
export function importOf(name: string, from: string): string {
  return `import { ${name} } from ${literal(from)};`;
}

/** The way up from a file to the root: `../../` for `tasks/a/b.ts`. */
export function upFrom(path: string): string {
  return "../".repeat(path.split("/").length - 1);
}
