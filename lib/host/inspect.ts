import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from "node:fs";
import { errorCode } from "./file-problem.ts";

export interface FileState {
  /** `special` is a FIFO, socket or device; `unreachable` is there, but a folder above may not be entered. */
  readonly type: "file" | "symlink" | "folder" | "special" | "missing" | "unreachable";
  /** In bytes. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly executable: boolean;
}

const nothing = { size: 0, mtimeMs: 0, executable: false };

/** What is at a path, itself and not what a link points to. Synchronous: for 10,000 files twice as fast as promises. */
export function inspect(path: string): FileState {
  let stats: Stats | undefined;
  try {
    stats = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // Bun throws ENOTDIR here in spite of `throwIfNoEntry`.
    const code = errorCode(error);
    return { type: code === "ENOTDIR" || code === "ENOENT" ? "missing" : "unreachable", ...nothing };
  }
  if (stats === undefined) {
    return { type: "missing", ...nothing };
  }
  return { type: typeOf(stats), size: stats.size, mtimeMs: stats.mtimeMs, executable: (stats.mode & 0o111) !== 0 };
}

function typeOf(stats: Stats): FileState["type"] {
  if (stats.isFile()) {
    return "file";
  }
  if (stats.isDirectory()) {
    return "folder";
  }
  return stats.isSymbolicLink() ? "symlink" : "special";
}

/** Opens without following a last link and without waiting for the writer of a FIFO. */
const careful = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function withRegularFile<T>(path: string, use: (descriptor: number, size: number) => T): T {
  const descriptor = openSync(path, careful);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      throw Object.assign(new Error("it is not a regular file"), { path });
    }
    return use(descriptor, stats.size);
  } finally {
    closeSync(descriptor);
  }
}

/** The first `length` bytes; throws a system error, and an error of its own for what is not a regular file. */
export function readHead(path: string, length: number): Uint8Array {
  return withRegularFile(path, (descriptor) => {
    const buffer = new Uint8Array(length);
    return buffer.subarray(0, fill(descriptor, buffer));
  });
}

/** The whole of a regular file; throws as `readHead` does. A link or FIFO that took its place meanwhile is refused. */
export function readRegularFile(path: string): Uint8Array {
  return withRegularFile(path, (descriptor, size) => {
    let buffer = new Uint8Array(size + 1);
    let length = fill(descriptor, buffer);
    // It grew since `fstat`, or its size is not known beforehand, as in /proc.
    while (length === buffer.length) {
      const larger = new Uint8Array(buffer.length * 2 + 4096);
      larger.set(buffer);
      length += fill(descriptor, larger.subarray(buffer.length));
      buffer = larger;
    }
    return buffer.subarray(0, length);
  });
}

function fill(descriptor: number, buffer: Uint8Array): number {
  let length = 0;
  while (length < buffer.length) {
    const read = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (read === 0) {
      break;
    }
    length += read;
  }
  return length;
}
