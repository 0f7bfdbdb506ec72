import {
  closeSync,
  copyFileSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { errorCode } from "../host/file-problem.ts";
import { exchange } from "./exchange.ts";
import { syncFileSystem } from "./sync-file-system.ts";

type Path = string | Buffer;

export interface FileLike {
  readonly mode: number;
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Every step by which a fix comes about on the disk. It is handed in, so that a test can end the process between any two.
 * All throw system errors.
 */
export interface Disk {
  link(from: Path, to: Path): void;
  /** Fails where `to` is there. */
  copy(from: Path, to: Path): void;
  rename(from: Path, to: Path): void;
  /** As `exchange`. */
  exchange(a: Path, b: Path): boolean;
  /** Says nothing where nothing is there. */
  remove(path: Path): void;
  removeFolder(path: string): void;
  /** Makes a new file. */
  write(path: Path, bytes: Uint8Array, like: FileLike): void;
  /** Makes files and folders of one file system safe from a power failure: their content, and the names in a folder. */
  flush(paths: readonly Path[]): void;
  setTime(path: Path, mtimeMs: number): void;
}

export const realDisk: Disk = {
  link: (from, to) => linkSync(from, to),
  copy: (from, to) => copyFileSync(from, to, 1 /* COPYFILE_EXCL */),
  rename: (from, to) => renameSync(from, to),
  exchange,
  remove(path) {
    try {
      unlinkSync(path);
    } catch (error) {
      if (errorCode(error) !== "ENOENT") {
        throw error;
      }
    }
  },
  removeFolder: (path) => rmSync(path, { recursive: true, force: true }),
  write(path, bytes, like) {
    const descriptor = openSync(path, "wx", 0o600);
    try {
      writeFileSync(descriptor, bytes);
      setOwner(descriptor, like);
      // Behind the owner, since a change of owner takes the set-user-id bit away.
      fchmodSync(descriptor, like.mode & 0o7777);
    } finally {
      closeSync(descriptor);
    }
  },
  flush(paths) {
    const [first] = paths;
    if (first === undefined || (paths.length > fewFiles && syncFileSystem(first))) {
      return;
    }
    for (const path of paths) {
      flushOne(path);
    }
  },
  setTime: (path, mtimeMs) => utimesSync(path, mtimeMs / 1000, mtimeMs / 1000),
};

/** With so few it would be a pity to wait for all that others have written. */
const fewFiles = 8;

function flushOne(path: Path): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function setOwner(descriptor: number, { uid, gid }: FileLike): void {
  const own = fstatSync(descriptor);
  if (uid !== undefined && gid !== undefined && (own.uid !== uid || own.gid !== gid)) {
    fchownSync(descriptor, uid, gid);
  }
}
