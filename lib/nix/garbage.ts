import { ProblemError } from "../core/problem.ts";
import { showSize } from "../core/show-size.ts";
import type { Nix } from "./nix.ts";
import { nixProblem } from "./problems.ts";

/** Old generations that go: all but those in use, or those that are older. */
export type Generations =
  | { readonly kind: "none" }
  | { readonly kind: "all" }
  | { readonly kind: "older"; readonly days: number };

export interface ProfileGenerations {
  /** Without the generation's number and `-link`, absolute. */
  readonly profile: string;
  readonly versions: readonly number[];
}

/** What a garbage collection would take. */
export interface Garbage {
  readonly generations: readonly ProfileGenerations[];
  /** Store paths that nothing holds. */
  readonly paths: number;
  /** Their size in bytes, unpacked, as if no two files were equal. */
  readonly bytes: number;
  /** In bytes: what only those generations hold. */
  readonly heldBytes: number;
}

/** Looks, and removes nothing. Rejects with a `ProblemError`. */
export async function findGarbage(nix: Nix, wanted: Generations): Promise<Garbage> {
  const generations = await oldGenerations(nix, wanted);
  const links = generations.flatMap(({ profile, versions }) => versions.map((one) => `${profile}-${one}-link`));
  const dead = lines(await asked(nix, "nix-store", ["--gc", "--print-dead"]));
  const [bytes, heldBytes] = await Promise.all([sizeOf(nix, dead), heldBy(nix, links)]);
  return { generations, paths: dead.length, bytes, heldBytes };
}

/** Removes it; resolves with what Nix says of it, such as `4 store paths deleted, 0.01 MiB freed`. */
export async function collectGarbage(nix: Nix, wanted: Generations): Promise<string> {
  const ran = await nix.older("nix-collect-garbage", flagsFor(wanted));
  if (ran.exitCode !== 0) {
    throw new ProblemError(nixProblem(["store", "gc"], ran.exitCode, ran.stderr));
  }
  return /\d+ store paths deleted.*/.exec(`${ran.stdout}\n${ran.stderr}`)?.[0] ?? "done";
}

/** In words, a line each. */
export function garbageText({ generations, paths, bytes, heldBytes }: Garbage): string {
  const rows = generations.map(
    ({ profile, versions }) => `${profile}: ${plural(versions.length, "generation")} (${versions.join(", ")})\n`
  );
  const held = heldBytes === 0 ? "" : `, and ${showSize(heldBytes)} that only they hold`;
  const store = `${plural(paths, "store path")} that nothing holds: ${showSize(bytes)}${held}\n`;
  return [...rows, store].join("");
}

function flagsFor(wanted: Generations): readonly string[] {
  switch (wanted.kind) {
    case "none":
      return [];
    case "all":
      return ["--delete-old"];
    case "older":
      return ["--delete-older-than", `${wanted.days}d`];
  }
}

/** As `nix-collect-garbage --dry-run` tells them: a line for a profile, then one for each of its generations. */
async function oldGenerations(nix: Nix, wanted: Generations): Promise<readonly ProfileGenerations[]> {
  if (wanted.kind === "none") {
    return [];
  }
  const ran = await nix.older("nix-collect-garbage", [...flagsFor(wanted), "--dry-run"]);
  if (ran.exitCode !== 0) {
    throw new ProblemError(nixProblem(["store", "gc"], ran.exitCode, ran.stderr));
  }
  return parseGenerations(ran.stderr);
}

export function parseGenerations(text: string): readonly ProfileGenerations[] {
  // Nix may come to one profile by several ways.
  const found = new Map<string, Set<number>>();
  let current: Set<number> | undefined;
  for (const line of text.split("\n")) {
    const profile = /^removing old generations of profile '?(.*?)'?$/.exec(line)?.[1];
    const version = /^would remove profile version (\d+)/.exec(line)?.[1];
    if (profile !== undefined) {
      current = found.get(profile) ?? new Set();
      found.set(profile, current);
    } else if (version !== undefined) {
      current?.add(Number(version));
    }
  }
  return [...found].flatMap(([profile, versions]) =>
    versions.size === 0 ? [] : [{ profile, versions: [...versions].toSorted((a, b) => a - b) }]
  );
}

/** The size of what these links hold and no other root does; a root that cannot be read (of another user) holds nothing here. */
async function heldBy(nix: Nix, links: readonly string[]): Promise<number> {
  if (links.length === 0) {
    return 0;
  }
  const roots = lines(await asked(nix, "nix-store", ["--gc", "--print-roots"])).flatMap((line) => {
    const [, link, path] = /^(.*) -> (\S+)$/.exec(line) ?? [];
    return link === undefined || path === undefined ? [] : [{ link, path }];
  });
  const going = new Set(links);
  const closure = async (isGoing: boolean): Promise<ReadonlySet<string>> => {
    const paths = [...new Set(roots.flatMap(({ link, path }) => (going.has(link) === isGoing ? [path] : [])))];
    return new Set(
      paths.length === 0 ? [] : lines(await asked(nix, "nix-store", ["--query", "--requisites", ...paths]))
    );
  };
  const [gone, kept] = await Promise.all([closure(true), closure(false)]);
  return sizeOf(
    nix,
    [...gone].filter((path) => !kept.has(path))
  );
}

/** In bytes; what is no valid path, such as the rest of a build that was broken off, counts nothing. */
async function sizeOf(nix: Nix, paths: readonly string[]): Promise<number> {
  let bytes = 0;
  for (let from = 0; from < paths.length; from += atOnce) {
    bytes += parseSizes(await nix.output(["path-info", "--json", ...paths.slice(from, from + atOnce)]));
  }
  return bytes;
}

/** The sum of what `nix path-info --json` prints: a list up to 2.18 and in Lix, then an object by path, which may stand in `info`. */
export function parseSizes(text: string): number {
  const told = JSON.parse(text) as { readonly info?: object };
  const rows = Object.values(told.info ?? told) as readonly ({ readonly narSize?: number } | null)[];
  return rows.reduce((sum, row) => sum + (row?.narSize ?? 0), 0);
}

/** Store paths have some 100 bytes, and Linux takes 2 MiB of arguments. */
const atOnce = 2000;

async function asked(nix: Nix, program: string, args: readonly string[]): Promise<string> {
  const ran = await nix.older(program, args);
  if (ran.exitCode !== 0) {
    throw new ProblemError({
      kind: "nix",
      what: `\`${program} ${args.slice(0, 2).join(" ")}\` exited with ${ran.exitCode}`,
      hint: `to see it again: ${program} ${args.slice(0, 2).join(" ")}`,
      detail: ran.stderr.trim(),
    });
  }
  return ran.stdout;
}

function lines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line !== "");
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
