import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { loadLibc } from "./libc.ts";

/** The descriptors that are opened to start one process. */
export class Plumbing {
  readonly #theirs: number[] = [];
  readonly #ours: number[] = [];

  /**
   * A real pipe, or undefined where there can be none. Bun's own are sockets on Linux, and nobody can open `/dev/stdout` or
   * `/dev/stdin` when it is a socket, as many scripts do.
   */
  pipe(direction: "from child" | "to child"): { readonly theirs: number; readonly ours: number } | undefined {
    const ends = loadLibc()?.pipe();
    if (ends === undefined) {
      return undefined;
    }
    const [read, write] = ends;
    const pipe = direction === "from child" ? { theirs: write, ours: read } : { theirs: read, ours: write };
    this.#theirs.push(pipe.theirs);
    this.#ours.push(pipe.ours);
    return pipe;
  }

  /** The content as an open file that has no name any more. */
  contentFile(content: string | Uint8Array): number {
    const fd = namelessFile(typeof content === "string" ? new TextEncoder().encode(content) : content);
    this.#theirs.push(fd);
    return fd;
  }

  /** The child has its copies by now. */
  closeTheirs(): void {
    for (const fd of this.#theirs.splice(0)) {
      closeQuietly(fd);
    }
  }

  /** For a start that failed; otherwise each has an owner that closes it. */
  closeOurs(): void {
    for (const fd of this.#ours.splice(0)) {
      closeQuietly(fd);
    }
  }
}

function namelessFile(bytes: Uint8Array): number {
  // Not at the top: it takes a third of a millisecond to load.
  const { tmpdir } = process.getBuiltinModule("node:os");
  const folder = mkdtempSync(join(tmpdir(), "k-stdin-"));
  try {
    const fd = openSync(join(folder, "content"), "wx+", 0o600);
    // written by position, so that it is read from the start
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(fd, bytes, at, bytes.length - at, at);
    }
    return fd;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function closeQuietly(fd: number): void {
  try {
    closeSync(fd);
  } catch {
    // closed already
  }
}
