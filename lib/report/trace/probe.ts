import { AsyncLocalStorage } from "node:async_hooks";
import type { TaskId } from "../../core/task-id.ts";
import type { Running, SpawnFailure, Spawner, SpawnOutcome, SpawnRequest } from "../../host/process/spawner.ts";
import { Locks, type LockWish } from "../../run/locks.ts";
import { type Release, Slots } from "../../run/slots.ts";
import type { Span } from "./span.ts";

type MachineLock = (name: string, mode: LockWish["mode"], signal: AbortSignal) => Promise<Release | undefined>;

/**
 * Stands between a run and what it waits for, and writes down who had what and when. Which task it was is known by the asynchronous
 * context that `within` opens, so nothing of the engine has to say it.
 */
export class Probe {
  readonly spans: Span[] = [];
  readonly #now: () => number;
  readonly #task = new AsyncLocalStorage<TaskId>();

  constructor(now: () => number) {
    this.#now = now;
  }

  within<T>(task: TaskId, work: () => Promise<T>): Promise<T> {
    return this.#task.run(task, work);
  }

  slots(total: number): Slots {
    return new WatchedSlots(total, this);
  }

  locks(): Locks {
    return new WatchedLocks(this);
  }

  machineLock(lock: MachineLock): MachineLock {
    return async (name, mode, signal) => {
      const begin = this.begin();
      const release = await lock(name, mode, signal);
      begin({ kind: "wait", what: "machine lock", locks: [name] });
      return release === undefined ? undefined : this.held({ name, mode }, release);
    };
  }

  spawner(inner: Spawner): Spawner {
    const start = (request: SpawnRequest): Running | SpawnFailure => {
      const begin = this.begin();
      const { argv, cwd } = request;
      const running = inner.start(request);
      if ("spawnError" in running) {
        begin({ kind: "process", argv, cwd, pid: undefined, end: running.spawnError });
        return running;
      }
      const ended = (end: string): void => begin({ kind: "process", argv, cwd, pid: running.pid, end });
      running.result.then(
        ({ exitCode, timedOut, aborted }) =>
          ended(timedOut ? "timed out" : aborted ? "stopped" : `exited with ${exitCode}`),
        () => ended("failed")
      );
      return running;
    };
    return {
      start,
      async run(request): Promise<SpawnOutcome> {
        const running = start(request);
        return "spawnError" in running ? running : await running.result;
      },
      resize: (size) => inner.resize(size),
      isForeground: () => inner.isForeground(),
      stopAll: () => inner.stopAll(),
      killAll: () => inner.killAll(),
      close: () => inner.close(),
    };
  }

  /** Starts a stretch of time; what is returned ends it, and says what it was. */
  begin(): (what: Distribute<Span>) => void {
    const from = this.#now();
    const task = this.#task.getStore();
    return (what) => void this.spans.push({ ...what, from, to: this.#now(), task });
  }

  /** Follows a lock that was granted until its release. */
  held({ name, mode }: LockWish, release: Release): Release {
    const begin = this.begin();
    let isHeld = true;
    return () => {
      if (isHeld) {
        isHeld = false;
        begin({ kind: "lock", lock: name, mode });
      }
      release();
    };
  }
}

/** Of each kind of span what its beginning does not know. */
type Distribute<T> = T extends unknown ? Omit<T, "from" | "to" | "task"> : never;

class WatchedSlots extends Slots {
  readonly #probe: Probe;
  readonly #taken: boolean[] = [];

  constructor(total: number, probe: Probe) {
    super(total);
    this.#probe = probe;
  }

  override async acquire(signal: AbortSignal, patient = false): Promise<Release | undefined> {
    const waited = this.#probe.begin();
    const release = await super.acquire(signal, patient);
    // Whoever is patient has work to do meanwhile.
    if (!patient) {
      waited({ kind: "wait", what: "place", locks: [] });
    }
    return release === undefined ? undefined : this.#occupy(release);
  }

  #occupy(release: Release): Release {
    const free = this.#taken.indexOf(false);
    const place = free < 0 ? this.#taken.length : free;
    this.#taken[place] = true;
    const ended = this.#probe.begin();
    let isHeld = true;
    return () => {
      if (isHeld) {
        isHeld = false;
        this.#taken[place] = false;
        ended({ kind: "place", place });
      }
      release();
    };
  }
}

class WatchedLocks extends Locks {
  readonly #probe: Probe;

  constructor(probe: Probe) {
    super();
    this.#probe = probe;
  }

  override async acquire(wishes: readonly LockWish[], signal: AbortSignal): Promise<Release | undefined> {
    const waited = this.#probe.begin();
    const release = await super.acquire(wishes, signal);
    // Every task shares the terminal; that is worth a line only where one wants it for itself.
    const named = wishes.filter(({ name, mode }) => name !== "terminal" || mode === "exclusive");
    waited({ kind: "wait", what: "locks", locks: named.map(({ name }) => name) });
    return release === undefined
      ? undefined
      : named.reduce<Release>((held, wish) => this.#probe.held(wish, held), release);
  }
}
