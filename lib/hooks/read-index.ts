import { readFileSync } from "node:fs";
import { join } from "node:path";
import { callGit, type GitCall } from "./git-call.ts";
import { findHidden, type HiddenEntries, nothingHidden, parseHidden } from "./hidden-entries.ts";
import { holdIndex, type IndexSignature } from "./index-file.ts";
import { isOdd, under } from "./path-text.ts";
import type { Place } from "./place.ts";
import { type IndexState, parseStatus, type StagedRow } from "./status.ts";
import { takeStatusAhead, type Told } from "./status-ahead.ts";
import { statusArguments } from "./status-arguments.ts";
import { lookAt, type Mark } from "./working-file.ts";

/** A file of which the next commit changes the content or the mode. */
export interface StagedFile extends StagedRow {
  /** Its name is not UTF-8: no tool can be called with it. */
  readonly odd: boolean;
  /** What its working copy was when the index was read; undefined where it is no regular file. */
  readonly mark: Mark | undefined;
}

const sha1Bytes = 20;

/** All that is known of an index by one read. */
export interface IndexRead extends Omit<IndexState, "staged"> {
  readonly files: ReadonlyMap<string, StagedFile>;
  /** The index as it was read, under a name of this run; git calls that must see this very index take it. */
  readonly heldIndex: string;
  /** Undefined where there was no index. */
  readonly signature: IndexSignature | undefined;
  readonly hidden: HiddenEntries;
}

/** One read by one git process; the index is held first, so that all is seen at one moment. Rejects with a `ProblemError`. */
export async function readIndex(place: Place, run: string): Promise<IndexRead> {
  const heldIndex = join(run, "index");
  const signature = holdIndex(place.index, heldIndex);
  const answer = takeStatusAhead(place, signature);
  // While git is at work: but for the length of an id, of which most repositories have the same.
  const likely = signature === undefined ? undefined : hiddenIn(heldIndex, sha1Bytes);
  const { bytes, began } = (await answer) ?? (await ask(place, signature === undefined ? {} : { index: heldIndex }));
  const { staged, ...state } = parseStatus(bytes);
  const idBytes = (staged[0]?.blob.length ?? 0) / 2;
  const known = idBytes === sha1Bytes ? likely : hiddenIn(heldIndex, idBytes);
  const hidden = known ?? parseHidden(await callGit(place, ["ls-files", "-v", "-z"], { index: heldIndex }));
  const files = new Map(staged.map((row) => [row.path, settle(row, place.top, hidden, began)]));
  return { ...state, files, heldIndex, signature, hidden };
}

async function ask(place: Place, call: GitCall): Promise<Told> {
  const began = Date.now();
  return { bytes: await callGit(place, statusArguments, call), began };
}

/** Undefined where git itself has to be asked: for bytes in an order that is not known here. Where nothing is staged, nobody asks. */
function hiddenIn(index: string, idBytes: number): HiddenEntries | undefined {
  if (idBytes === 0) {
    return nothingHidden;
  }
  try {
    return findHidden(readFileSync(index), idBytes);
  } catch {
    return undefined;
  }
}

/** The kernel stamps files with a clock that lags by up to its tick, 10 ms at most. */
const clockLagMs = 20;

/** Says `same` only where it is certain: git did not look at some, and one may have been saved since git looked. */
function settle(row: StagedRow, top: string, hidden: HiddenEntries, began: number): StagedFile {
  const odd = isOdd(row.path);
  const isFile = row.mode !== "symlink" && (row.working === "same" || row.working === "changed");
  if (!isFile) {
    return { ...row, odd, mark: undefined };
  }
  const path = under(top, row.path);
  const seen = lookAt(path);
  if (typeof seen === "string") {
    return { ...row, odd, mark: undefined, working: seen === "gone" ? "gone" : "retyped" };
  }
  if (row.working !== "same") {
    return { ...row, odd, mark: seen };
  }
  const unsure = hidden.assumed.has(row.path) || hidden.skipped.has(row.path) || mayBeNewer(seen, began);
  return { ...row, odd, mark: seen, working: unsure && !isBlob(path, row.blob) ? "changed" : "same" };
}

function mayBeNewer({ ctimeMs }: Mark, began: number): boolean {
  // Some file systems count in whole seconds.
  return ctimeMs + (ctimeMs % 1000 === 0 ? 1000 : clockLagMs) >= began;
}

/** True where the file, as it is and without any filter of git, is this blob. */
function isBlob(path: string | Buffer, blob: string): boolean {
  try {
    const bytes = readFileSync(path);
    const hash = new Bun.CryptoHasher(blob.length === 64 ? "sha256" : "sha1");
    return hash.update(`blob ${bytes.length}\0`).update(bytes).digest("hex") === blob;
  } catch {
    return false;
  }
}
