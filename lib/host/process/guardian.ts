import { writeSync } from "node:fs";
import { ownProcesses } from "./own-processes.ts";
import { closeQuietly, Plumbing } from "./plumbing.ts";

/**
 * A tiny process that outlives `k` only where `k` was killed, to end what `k` could not. It holds the read end of a pipe whose other
 * end only `k` has, so the kernel tells it of the death of `k`, whatever caused it. Each line adds or takes away one target of
 * `kill`: a process, or a group as a negative number. What left its group is found by the mark, where there is a `/proc`.
 */
export interface Guardian {
  /** A process with this mark is being started; the mark counts until the next `add`. */
  expect(mark: string): void;
  add(target: number): void;
  remove(target: number): void;
  /** Ends the guardian itself: `k` has nothing left to guard. */
  dismiss(): Promise<void>;
}

const script = `
trap '' HUP INT QUIT TERM
mark=$1 tenths=$2 targets=' ' expected=
while read -r sign target; do
  case $sign in
    \\?) expected=$target ;;
    +) targets="$targets$target " expected= ;;
    -) case $targets in *" $target "*) targets="\${targets%%" $target "*} \${targets#*" $target "}" ;; esac ;;
  esac
done
strays() {
  grep -lsF -e "$mark" \${expected:+-e "$expected"} /proc/[0-9]*/environ | while IFS=/ read -r _ _ pid _; do
    read -r stat <"/proc/$pid/stat" || continue
    set -- \${stat##*) }
    case $targets in *" -$3 "*) ;; *) echo "$pid" ;; esac
  done
}
all() { for one in $targets $(strays); do kill -s "$1" -- "$one"; done; }
any() { for one in $targets $(strays); do kill -s 0 -- "$one" && return 0; done; return 1; }
nap() { sleep 0.1 || sleep 1; }
all TERM
all CONT
while [ "$tenths" -gt 0 ] && any; do nap; tenths=$((tenths - 1)); done
for _ in 1 2 3; do any || exit 0; all KILL; nap; done
`;

/**
 * `path` is where it finds `grep` and `sleep`; `graceMs` is what it leaves between TERM and KILL. Undefined where it cannot be
 * started.
 */
export function startGuardian(options: {
  mark: string;
  graceMs: number;
  path: string | undefined;
}): Guardian | undefined {
  const plumbing = new Plumbing();
  const pipe = plumbing.pipe("to child");
  try {
    const child = spawnGuardian(options, pipe?.theirs ?? "pipe");
    ownProcesses.add(child.pid);
    return guardianOf(child, pipe?.ours);
  } catch {
    plumbing.closeOurs();
    return undefined;
  } finally {
    plumbing.closeTheirs();
  }
}

function spawnGuardian(
  { mark, graceMs, path }: { mark: string; graceMs: number; path: string | undefined },
  stdin: number | "pipe"
): Bun.Subprocess {
  const child = Bun.spawn(["/bin/sh", "-c", script, "k-guardian", mark, String(Math.ceil(graceMs / 100))], {
    stdin,
    stdout: "ignore",
    stderr: "ignore",
    // it must not keep a folder busy, nor bear a mark itself
    cwd: "/",
    env: { PATH: [path, "/usr/bin", "/bin"].filter(Boolean).join(":") },
    // a session of its own: no Ctrl-C and no closed window reaches it
    detached: true,
  });
  child.unref();
  return child;
}

function guardianOf(child: Bun.Subprocess, fd: number | undefined): Guardian {
  const news = new News(fd === undefined ? sinkWriter(child.stdin) : pipeWriter(fd));
  return {
    expect: (mark) => news.tell(`? ${mark}\n`),
    add: (target) => (target < 0 ? news.tellSoon : news.tell)(`+ ${target}\n`),
    remove: (target) => news.tellSoon(`- ${target}\n`),
    async dismiss() {
      news.forget();
      child.kill("SIGKILL");
      // Nothing else holds the event loop at the end of a run, and a loop that nothing holds does not sleep: it asks over and over.
      child.ref();
      await child.exited;
      ownProcesses.delete(child.pid);
      if (fd !== undefined) {
        closeQuietly(fd);
      }
    },
  };
}

/** In milliseconds: what ends sooner is found by its mark alone. */
const briefly = 20;

/**
 * Lines for the guardian. Each wakes it, and it reads byte by byte: so where it finds a group by its mark too, the news of a while
 * goes together, and of a process that began and ended within it nothing.
 */
class News {
  readonly #write: (text: string) => void;
  #lines: string[] = [];
  #isWaiting = false;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  readonly tell = (line: string): void => {
    this.#lines.push(line);
    this.#flush();
  };

  readonly tellSoon = (line: string): void => {
    if (process.platform !== "linux") {
      this.tell(line);
      return;
    }
    const before = this.#lines.indexOf(line.replace("-", "+"));
    if (line.startsWith("-") && before !== -1) {
      this.#lines.splice(before, 1);
      return;
    }
    this.#lines.push(line);
    if (!this.#isWaiting) {
      this.#isWaiting = true;
      setTimeout(() => this.#flush(), briefly).unref();
    }
  };

  forget(): void {
    this.#lines = [];
  }

  #flush(): void {
    this.#isWaiting = false;
    const text = this.#lines.join("");
    this.#lines = [];
    if (text !== "") {
      this.#write(text);
    }
  }
}

function pipeWriter(fd: number): (line: string) => void {
  return (line) => {
    try {
      writeSync(fd, line);
    } catch {
      // somebody killed the guardian: `k` works on without one
    }
  };
}

function sinkWriter(sink: number | Bun.FileSink | undefined): (line: string) => void {
  return (line) => {
    if (typeof sink !== "object") {
      return;
    }
    sink.write(line);
    void sink.flush();
  };
}
