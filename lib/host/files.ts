import { type FileHandle, lstat, open, rename, unlink } from "node:fs/promises";
import type { Stats } from "node:fs";
import { dirname, join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { errorCode, fileProblem } from "./file-problem.ts";
import { readRegularFile } from "./inspect.ts";

/** By what a file is known again without a look at its content. */
export interface FileSignature {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino?: number;
}

const notWritten = "not written";

/**
 * Puts new content in a file's place by rename, so that it is never half written, and only if it is still what was read:
 * by its content or by its signature. Mode and owner stay; hard links to it do not follow. On any problem the file is as
 * it was and nothing is left beside it. Never follows a symbolic link. `path` is absolute.
 */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  expected: Uint8Array | FileSignature
): Promise<"written" | "changed-meanwhile" | Problem> {
  let temporary: string | undefined;
  try {
    const before = await lstat(path);
    const refusal = whyNot(before);
    if (refusal !== undefined) {
      return { kind: "file", path, what: notWritten, ...refusal };
    }
    if (!isExpected(path, before, expected)) {
      return "changed-meanwhile";
    }
    temporary = join(dirname(path), `.k-${crypto.randomUUID()}`);
    await writeLike(before, temporary, bytes);
    const now = await lstat(path);
    if (!isSame(now, before)) {
      return "changed-meanwhile";
    }
    await rename(temporary, path);
    temporary = undefined;
    return "written";
  } catch (error) {
    return errorCode(error) === "ENOENT" ? "changed-meanwhile" : fileProblem(path, notWritten, error);
  } finally {
    if (temporary !== undefined) {
      await unlink(temporary).catch(() => undefined);
    }
  }
}

/** A rename would get round a mode without write permission, which someone set on purpose. */
function whyNot(stats: Stats): { readonly why: string; readonly hint?: string } | undefined {
  if (stats.isSymbolicLink()) {
    return { why: "it is a symbolic link" };
  }
  if (!stats.isFile()) {
    return { why: "it is no regular file" };
  }
  return (stats.mode & 0o222) === 0
    ? { why: "it is marked read-only", hint: "chmod u+w makes it writable" }
    : undefined;
}

function isExpected(path: string, stats: Stats, expected: Uint8Array | FileSignature): boolean {
  if (!(expected instanceof Uint8Array)) {
    return isSame(stats, expected);
  }
  if (stats.size !== expected.length) {
    return false;
  }
  const now = readRegularFile(path);
  return Buffer.from(now.buffer, now.byteOffset, now.byteLength).equals(expected);
}

function isSame(stats: Stats, { size, mtimeMs, ino }: FileSignature): boolean {
  return stats.isFile() && stats.size === size && stats.mtimeMs === mtimeMs && (ino === undefined || stats.ino === ino);
}

/** A new file with the mode and owner of another, its content on the disk before it returns. */
async function writeLike({ mode, uid, gid }: Stats, path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    await keepOwner(handle, uid, gid);
    // Behind the owner, since a change of owner takes the set-user-id bit away.
    await handle.chmod(mode & 0o7777);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function keepOwner(handle: FileHandle, uid: number, gid: number): Promise<void> {
  const own = await handle.stat();
  if (own.uid !== uid || own.gid !== gid) {
    await handle.chown(uid, gid);
  }
}
