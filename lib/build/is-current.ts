import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { BuiltFacts, BuiltPart, Gate } from "../host/built/facts.ts";
import { fingerprintOf } from "./sources.ts";

/** What a binary's file has behind its name for the note of what its sources were found to be. */
export const noteSuffix = ".sources";

/** Found to be as they were when the binary was made, by this process. */
const passed = new Set<BuiltPart>();

/**
 * Whether a binary is of the sources in its home (absolute), as far as a gate looks at them. While they stand as they stood when
 * they were last read, their sizes and times say so; else they are read, and a note beside the binary keeps what came of it.
 */
export function isCurrent(
  home: string,
  { fingerprint, sources }: Pick<BuiltFacts, "fingerprint" | "sources">,
  gate: Gate
): boolean {
  if (sources === undefined) {
    return true;
  }
  const open = sources.filter((part) => part.gates.includes(gate) && !passed.has(part));
  try {
    const { stands, found } = readNote();
    const isAsNoted = open.every((part) => stands[sources.indexOf(part)] === standOf(home, part.paths).stand);
    if ((isAsNoted ? found : readAgain(home, sources)) !== fingerprint) {
      return false;
    }
  } catch {
    // A source is missing, or cannot be read.
    return false;
  }
  for (const part of open) {
    passed.add(part);
  }
  return true;
}

interface Stand {
  /** Sizes and times of all, in a few letters. */
  readonly stand: string;
  /** The latest of the times, in milliseconds. */
  readonly newest: number;
}

/** How files and folders stand; throws a system error where one is missing. */
function standOf(home: string, lines: string): Stand {
  const paths = lines.split("\n");
  const numbers = new Float64Array(paths.length * 3);
  let index = 0;
  let newest = 0;
  for (const path of paths) {
    const { size, mtimeMs, ctimeMs } = statSync(`${home}/${path}`);
    numbers[index] = size;
    numbers[index + 1] = mtimeMs;
    numbers[index + 2] = ctimeMs;
    index += 3;
    newest = Math.max(newest, mtimeMs, ctimeMs);
  }
  return { stand: Bun.hash(numbers).toString(16), newest };
}

interface Note {
  /** As many as there are parts. */
  readonly stands: readonly string[];
  /** What the sources were when they stood so. */
  readonly found: string;
}

function notePath(): string {
  return `${process.execPath}${noteSuffix}`;
}

function readNote(): Note {
  try {
    const [found = "", ...stands] = readFileSync(notePath(), "utf8").split(" ");
    return { stands, found };
  } catch {
    return { stands: [], found: "" };
  }
}

function readAgain(home: string, sources: readonly BuiltPart[]): string {
  const now = Date.now();
  const stands = sources.map(({ paths }) => standOf(home, paths));
  const found = fingerprintOf(home);
  // What changed just now may change once more and keep its times.
  if (Math.max(...stands.map(({ newest }) => newest)) < now - clockStep) {
    writeNote([found, ...stands.map(({ stand }) => stand)].join(" "));
  }
  return found;
}

/** The coarsest clock of a file system, in milliseconds. */
const clockStep = 2000;

/** Where it cannot be kept, the sources are read each time. */
function writeNote(text: string): void {
  const temporary = `${notePath()}.${process.pid}`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, notePath());
  } catch {
    drop(temporary);
  }
}

/** What could not be written may not have come to be either. */
function drop(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // nothing is there, nor can be
  }
}
