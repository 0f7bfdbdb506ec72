import { gitPath } from "./path-bytes.ts";

/** Lines of the new side, from 1, both ends included, in order and apart from each other. */
export type LineRanges = readonly (readonly [first: number, last: number])[];

/** Each line of a file, however long it is. */
export const allLines: LineRanges = [[1, Number.MAX_SAFE_INTEGER]];

const newline = 10;

/**
 * The changed lines of each file in the output of `git diff --raw -p -z -U0`. The names come from the raw half, where
 * nothing is quoted; the patches follow in the same order, two of them where a file became a link or the reverse.
 * Added and binary files are changed as a whole; one of which only the mode changed has no line. Throws where the two
 * halves do not fit together.
 */
export function parseDiff(bytes: Uint8Array): ReadonlyMap<string, LineRanges> {
  const { entries, end } = parseRaw(bytes);
  const sections = parsePatches(bytes, end);
  const changed = new Map<string, LineRanges>();
  let next = 0;
  for (const { status, path } of entries) {
    if (status !== "U") {
      next += 1;
    }
    const section = sections[next - 1];
    if (status !== "U" && section === undefined) {
      throw new Error("git diff printed fewer patches than files");
    }
    if (status === "T") {
      next += 1;
    }
    if (path === undefined) {
      continue;
    }
    const ranges = status === "M" && section !== undefined && !section.isBinary ? section.ranges : allLines;
    if (changed.get(path) !== allLines) {
      changed.set(path, ranges);
    }
  }
  if (next !== sections.length) {
    throw new Error("git diff printed more patches than files");
  }
  return changed;
}

interface RawEntry {
  readonly status: string;
  /** `undefined` where it is not UTF-8. */
  readonly path: string | undefined;
}

/** `:100644 100644 1234567 0000000 M<NUL>path<NUL>`…, and a NUL between the last and the patches. */
function parseRaw(bytes: Uint8Array): { readonly entries: readonly RawEntry[]; readonly end: number } {
  const entries: RawEntry[] = [];
  let at = 0;
  while (bytes[at] === 0x3a) {
    const status = bytes.indexOf(0, at);
    const end = bytes.indexOf(0, status + 1);
    if (status === -1 || end === -1) {
      throw new Error("git diff ended inside a name");
    }
    const path = gitPath(bytes.subarray(status + 1, end));
    entries.push({ status: String.fromCharCode(bytes[status - 1] ?? 0), path: path.odd ? undefined : path.text });
    at = end + 1;
  }
  return { entries, end: at };
}

interface Section {
  ranges: (readonly [number, number])[];
  isBinary: boolean;
}

const decoder = new TextDecoder("latin1");

function parsePatches(bytes: Uint8Array, from: number): readonly Section[] {
  const sections: Section[] = [];
  let at = bytes[from] === 0 ? from + 1 : from;
  while (at < bytes.length) {
    const end = lineEnd(bytes, at);
    // No line that matters is longer, and content lines, which may be, are never read.
    const line = decoder.decode(bytes.subarray(at, Math.min(end, at + 200)));
    at = end + 1;
    const section = sections.at(-1);
    if (line.startsWith("diff --git ")) {
      sections.push({ ranges: [], isBinary: false });
    } else if (line.startsWith("Binary files ") && section !== undefined) {
      section.isBinary = true;
    } else if (line.startsWith("@@ ") && section !== undefined) {
      at = readHunk(bytes, at, line, section);
    }
  }
  return sections;
}

/** Notes the new lines of a hunk and returns where it ends: its content may look like anything. */
function readHunk(bytes: Uint8Array, start: number, header: string, section: Section): number {
  const match = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(header);
  if (match === null) {
    throw new Error(`git diff printed a hunk that begins with ${header}`);
  }
  const [removed, first, added] = [Number(match[1] ?? 1), Number(match[2]), Number(match[3] ?? 1)];
  if (added > 0) {
    section.ranges.push([first, first + added - 1]);
  }
  let at = start;
  for (let left = removed + added; left > 0 && at < bytes.length; at = lineEnd(bytes, at) + 1) {
    if (bytes[at] !== 0x5c) {
      left -= 1;
    } // `\ No newline at end of file`
  }
  return at;
}

function lineEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(newline, from);
  return end === -1 ? bytes.length : end;
}
