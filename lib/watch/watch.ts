import { type Change, describeChanges } from "./change.ts";

export interface WatchOptions {
  /** Runs once; resolves with its exit code when all of it has ended, also after an abort. */
  run(signal: AbortSignal): Promise<number>;
  /** One line for the user. */
  say(text: string): void;
  /** Just before each run. */
  onRun(): void;
  /** In milliseconds. */
  now(): number;
  readonly postpone: boolean;
  readonly signal: AbortSignal;
  readonly feed: {
    next(): Promise<readonly Change[]>;
    mute(path: string): void;
  };
}

/** A file that changed with so many runs in a row is written by the command itself. */
const runsInARow = 5;

/** So long after a run, in milliseconds, a change may still be the run's own. */
const afterglow = 300;

/** Runs, and runs anew with each change, until the signal aborts. Rejects where watching fails. */
export async function watch(options: WatchOptions): Promise<void> {
  const { feed, signal, say, now } = options;
  const aborted = new Promise<"aborted">((resolve) => {
    signal.addEventListener("abort", () => resolve("aborted"), { once: true });
    if (signal.aborted) {
      resolve("aborted");
    }
  });
  const own = new OwnWrites(feed, say);
  let changes = feed.next();
  if (options.postpone) {
    const first = await Promise.race([changes, aborted]);
    if (first === "aborted") {
      return;
    }
    say(`${describeChanges(first)}: running`);
    changes = feed.next();
  }
  while (!signal.aborted) {
    const { seen, sinceEnd } = await runOnce(options, changes, aborted);
    if (seen === "aborted") {
      return;
    }
    own.note(seen, sinceEnd() < afterglow);
    say(`${describeChanges(seen)}: running again`);
    changes = feed.next();
  }

  async function runOnce(
    { run, onRun }: WatchOptions,
    next: Promise<readonly Change[]>,
    end: Promise<"aborted">
  ): Promise<{ readonly seen: readonly Change[] | "aborted"; sinceEnd(): number }> {
    const stop = new AbortController();
    onRun();
    const began = now();
    const running = run(AbortSignal.any([signal, stop.signal]));
    const code = await Promise.race([running, next.then(() => undefined), end.then(() => undefined)]);
    if (code === undefined) {
      stop.abort();
      await running;
      return { seen: await Promise.race([next, end]), sinceEnd: () => 0 };
    }
    const ended = now();
    say(`${code === 0 ? "passed" : `failed with ${code}`} in ${seconds(ended - began)}; waiting for changes`);
    const seen = await Promise.race([next, end]);
    return { seen, sinceEnd: () => now() - ended };
  }
}

/** Finds files that the watched command writes itself, each time with something else: they would keep it running for ever. */
class OwnWrites {
  readonly #feed: WatchOptions["feed"];
  readonly #say: WatchOptions["say"];
  #rows = new Map<string, number>();

  constructor(feed: WatchOptions["feed"], say: WatchOptions["say"]) {
    this.#feed = feed;
    this.#say = say;
  }

  note(changes: readonly Change[], isClose: boolean): void {
    const before = this.#rows;
    this.#rows = new Map(isClose ? changes.map(({ path }) => [path, (before.get(path) ?? 0) + 1]) : []);
    for (const [path, count] of this.#rows) {
      if (count >= runsInARow) {
        this.#feed.mute(path);
        this.#rows.delete(path);
        this.#say(`${path} changes with each run and is no longer watched: have git ignore it, or give --ignore`);
      }
    }
  }
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
