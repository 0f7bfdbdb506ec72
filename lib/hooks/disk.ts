import {
  closeSync,
  copyFileSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
} from "node:fs";
import { errorCode } from "../host/file-problem.ts";
import { exchange } from "./exchange.ts";

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
  makeFolder(path: string): void;
  link(from: Path, to: Path): void;
  /** Fails where `to` is there. */
  copy(from: Path, to: Path): void;
  rename(from: Path, to: Path): void;
  /** As `exchange`. */
  exchange(a: Path, b: Path): boolean;
  /** Says nothing where nothing is there. */
  remove(path: Path): void;
  removeFolder(path: string): void;
  /** A new file; its content is safe from a power failure when this resolves. */
  write(path: Path, bytes: Uint8Array, like: FileLike): Promise<void>;
  /** Makes what happened in a folder, or the content of a file, safe from a power failure. */
  sync(path: Path): void;
  setTime(path: Path, mtimeMs: number): void;
}

export const realDisk: Disk = {
  makeFolder: (path) => void mkdirSync(path, { recursive: true }),
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
  write: writeDurably,
  sync(path) {
    const descriptor = openSync(path, "r");
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  },
  setTime: (path, mtimeMs) => utimesSync(path, mtimeMs / 1000, mtimeMs / 1000),
};

async function writeDurably(path: Path, bytes: Uint8Array, { mode, uid, gid }: FileLike): Promise<void> {
  // Only who has a fix needs it, and it takes a while to load.
  const { open } = await import("node:fs/promises");
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(bytes);
    if (uid !== undefined && gid !== undefined) {
      const own = await handle.stat();
      if (own.uid !== uid || own.gid !== gid) {
        await handle.chown(uid, gid);
      }
    }
    // Behind the owner, since a change of owner takes the set-user-id bit away.
    await handle.chmod(mode & 0o7777);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}
