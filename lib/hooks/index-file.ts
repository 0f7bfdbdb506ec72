import { closeSync, copyFileSync, fstatSync, linkSync, openSync, readFileSync, readSync, utimesSync } from "node:fs";
import { errorCode } from "../host/file-problem.ts";
import { isSameFile, type Mark, markOf } from "./working-file.ts";

/** By what an index file is known again. Git never writes into one: it puts a new file in its place. */
export interface IndexSignature {
  readonly mark: Mark;
  /** Its last bytes, the checksum over all of it, in hex; zeros where `index.skipHash` is set. */
  readonly checksum: string;
}

/** Long enough for SHA-256. */
const checksumBytes = 32;

/** Undefined where there is no index. */
export function signIndex(path: string): IndexSignature | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, "r");
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
  try {
    const { size, mtimeMs, ctimeMs, ino, mode, uid, gid } = fstatSync(descriptor);
    const end = new Uint8Array(checksumBytes);
    readSync(descriptor, end, 0, checksumBytes, Math.max(0, size - checksumBytes));
    return { mark: { size, mtimeMs, ctimeMs, ino, mode, uid, gid }, checksum: Buffer.from(end).toString("hex") };
  } finally {
    closeSync(descriptor);
  }
}

export function isSameIndex(a: IndexSignature | undefined, b: IndexSignature | undefined): boolean {
  return a?.checksum === b?.checksum && (a === undefined || isSameFile(a.mark, b?.mark));
}

/**
 * Holds an index as it is now, under a second name: git replaces index files, so that one never changes. Returns its
 * signature, undefined where there is no index.
 */
export function holdIndex(index: string, path: string): IndexSignature | undefined {
  try {
    linkSync(index, path);
    return signIndex(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return undefined;
    }
    return copyIndex(index, path);
  }
}

/** For file systems without hard links. */
function copyIndex(index: string, path: string): IndexSignature | undefined {
  for (;;) {
    const before = signIndex(index);
    if (before === undefined) {
      return undefined;
    }
    copyFileSync(index, path);
    // Git compares the times of files with that of the index to find those that changed within the same moment.
    const seconds = Math.floor(before.mark.mtimeMs / 1000);
    utimesSync(path, seconds, seconds);
    if (isSameFile(before.mark, markOf(index))) {
      return before;
    }
  }
}

/** What an index file holds, by its content; undefined where there is none. */
export function hashIndex(path: string): string | undefined {
  try {
    return new Bun.CryptoHasher("sha256").update(readFileSync(path)).digest("hex");
  } catch {
    return undefined;
  }
}
