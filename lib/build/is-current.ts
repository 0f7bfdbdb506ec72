import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import type { BuiltFacts, BuiltSources } from "../host/built/facts.ts";
import { fingerprintOf } from "./sources.ts";

/** What a binary's file has behind its name for the note of what its sources were found to be. */
export const noteSuffix = ".sources";

/**
 * Whether a binary is of the sources in its home (absolute), as far as a part of them goes. While they stand as they stood when
 * they were last read, their sizes and times say so; else they are read, and a note beside the binary keeps what came of it.
 */
export function isCurrent(
  home: string,
  { fingerprint, sources }: Pick<BuiltFacts, "fingerprint" | "sources">,
  part: "light" | "rest"
): boolean {
  if (sources === undefined) {
    return true;
  }
  try {
    const noted = readNote();
    const isAsNoted = noted?.[part] === standOf(home, sources[part]).stand;
    return (isAsNoted ? noted.found : readAgain(home, sources)) === fingerprint;
  } catch {
    // A source is missing, or cannot be read.
    return false;
  }
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
  readonly light: string;
  readonly rest: string;
  /** What the sources were when they stood so. */
  readonly found: string;
}

function notePath(): string {
  return `${process.execPath}${noteSuffix}`;
}

function readNote(): Note | undefined {
  try {
    const [light = "", rest = "", found = ""] = readFileSync(notePath(), "utf8").split(" ");
    return { light, rest, found };
  } catch {
    return undefined;
  }
}

function readAgain(home: string, sources: BuiltSources): string {
  const now = Date.now();
  const [light, rest] = [standOf(home, sources.light), standOf(home, sources.rest)];
  const found = fingerprintOf(home);
  // What changed just now may change once more and keep its times.
  if (Math.max(light.newest, rest.newest) < now - clockStep) {
    writeNote(`${light.stand} ${rest.stand} ${found}`);
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
