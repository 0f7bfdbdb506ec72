import { openCLibrary } from "./c-library.ts";

/**
 * What the process layer needs of Linux and Bun has no door to. Elsewhere, and where the C library cannot be opened, it does with
 * what Bun has, and says in each place what is weaker then.
 */
export interface Libc {
  /** Read end and write end, neither inherited by a child; undefined where no descriptor is left. */
  pipe(): readonly [number, number] | undefined;
  /** Whether bytes wait in the pipe; whether more may come, since somebody has its other end. */
  pipeState(fd: number): "bytes" | "open" | "over";
  /** From now on a process whose parent died becomes a child of this one, so that it can be found. */
  adoptOrphans(): void;
  /** Collects one dead child, of this id or, where it is negative, of this group; false where there was none. */
  reap(pid: number): boolean;
}

const O_CLOEXEC = 0o2000000;
const POLLIN = 1;
const POLLHUP = 0x10;
const WNOHANG = 1;
const PR_SET_CHILD_SUBREAPER = 36;

const symbols = {
  pipe2: { args: ["ptr", "i32"], returns: "i32" },
  poll: { args: ["ptr", "u64", "i32"], returns: "i32" },
  prctl: { args: ["i32", "u64", "u64", "u64", "u64"], returns: "i32" },
  waitpid: { args: ["i32", "ptr", "i32"], returns: "i32" },
} as const;

let loaded: { readonly libc: Libc | undefined } | undefined;

export function loadLibc(): Libc | undefined {
  loaded ??= { libc: process.platform === "linux" ? open() : undefined };
  return loaded.libc;
}

function open(): Libc | undefined {
  const calls = openCLibrary(symbols);
  if (calls === undefined) {
    return undefined;
  }
  return {
    pipe() {
      const ends = new Int32Array(2);
      if (calls.pipe2(ends, O_CLOEXEC) !== 0) {
        return undefined;
      }
      return [ends[0] as number, ends[1] as number];
    },
    pipeState(fd) {
      // struct pollfd: the descriptor, then two 16-bit fields: what is asked for and what is so
      const poll = new Int32Array([fd, POLLIN]);
      const found = calls.poll(poll, 1, 0) > 0 ? (poll[1] as number) >> 16 : 0;
      if ((found & POLLIN) !== 0) {
        return "bytes";
      }
      return (found & POLLHUP) === 0 ? "open" : "over";
    },
    adoptOrphans: () => void calls.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0),
    reap: (pid) => calls.waitpid(pid, null, WNOHANG) > 0,
  };
}
