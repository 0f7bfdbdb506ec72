import { collect } from "./collect.ts";
import { endAll, type Patience, sendTo } from "./ending.ts";
import { type Guardian, startGuardian } from "./guardian.ts";
import { launch } from "./launch.ts";
import { loadLibc } from "./libc.ts";
import { childMark, markedEnv, newRunMark } from "./mark.ts";
import { ownProcesses } from "./own-processes.ts";
import { refused } from "./refused.ts";
import type { Running, SpawnFailure, SpawnOutcome, SpawnRequest, TerminalSize } from "./request.ts";
import { mayHaveEscaped } from "./strays.ts";
import { Supervised } from "./supervised.ts";
import { keepTerminalModes } from "./terminal-modes.ts";

export type * from "./request.ts";

export interface SpawnerOptions {
  /** Between TERM and KILL, in milliseconds; 2000 where it is not given. */
  readonly graceMs?: number;
  /** A guardian ends what was started if this process is killed: true where it is not given. */
  readonly guardian?: boolean;
}

/** Starts every process of `k`, and sees to it that none is left behind. */
export interface Spawner {
  /** For a caller that must write to the process or signal it; others use `run`. */
  start(request: SpawnRequest): Running | SpawnFailure;
  /** Resolves when the process and all that it left in its group or on its output are gone. Rejects only where a receiver threw. */
  run(request: SpawnRequest): Promise<SpawnOutcome>;
  /** Tells every process in a terminal of its own the new size. */
  resize(size: TerminalSize): void;
  /** True while a process owns the real terminal, and a moment longer: a Ctrl-C is meant for it. */
  isForeground(): boolean;
  /** TERM to everything, the grace time, KILL. From then on nothing is started: a request resolves as aborted. */
  stopAll(): Promise<void>;
  /** KILL at once; also cuts the grace time of a `stopAll` under way. */
  killAll(): void;
  /** The end of `k`: stops what runs, ends what escaped, and dismisses the guardian. */
  close(): Promise<void>;
}

/** A Ctrl-C that ended the process in the foreground may be heard of after its end, by so many milliseconds. */
const sameKey = 100;

export function createSpawner({ graceMs = 2000, guardian = true }: SpawnerOptions = {}): Spawner {
  return new ProcessSpawner(graceMs, guardian);
}

class ProcessSpawner implements Spawner {
  readonly #patience: Patience;
  readonly #runMark = newRunMark();
  readonly #live = new Set<Supervised>();
  readonly #hurry = Promise.withResolvers<void>();
  #wantsGuardian: boolean;
  #guardian: Guardian | undefined;
  #count = 0;
  #adopts = false;
  #hurried = false;
  #foregroundEndedAt = Number.NEGATIVE_INFINITY;
  #leavesThings = false;
  #stopping: Promise<void> | undefined;

  constructor(graceMs: number, wantsGuardian: boolean) {
    this.#wantsGuardian = wantsGuardian;
    this.#patience = { graceMs, hurried: this.#hurry.promise, isHurried: () => this.#hurried };
  }

  start(request: SpawnRequest): Running | SpawnFailure {
    if (this.#stopping !== undefined || request.signal?.aborted === true) {
      return refused();
    }
    const isOurs = request.daemon !== true && request.foreground !== true;
    if (!isOurs) {
      this.#leavesThings = true;
    }
    this.#prepare(request);
    const mark = isOurs ? childMark(this.#runMark, this.#count) : undefined;
    const collector = collect(request);
    const restore = request.foreground === true ? keepTerminalModes() : () => {};
    const launched = launch(request, markedEnv(request.env, mark ?? this.#markForAMoment(request)), collector.receive);
    if ("spawnError" in launched) {
      return launched;
    }
    this.#guard(launched.child.pid, request);
    const supervised = new Supervised(launched, request, { mark, patience: this.#patience, collector });
    this.#enter(supervised, restore);
    return supervised;
  }

  async run(request: SpawnRequest): Promise<SpawnOutcome> {
    const running = this.start(request);
    return "spawnError" in running ? running : await running.result;
  }

  resize(size: TerminalSize): void {
    for (const supervised of this.#live) {
      supervised.resize(size);
    }
  }

  isForeground(): boolean {
    const isFresh = performance.now() - this.#foregroundEndedAt < sameKey;
    return isFresh || [...this.#live].some(({ root }) => root.reach === "tree");
  }

  stopAll(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  killAll(): void {
    this.#hurried = true;
    this.#hurry.resolve();
    for (const { root } of this.#live) {
      sendTo(root, "SIGKILL");
    }
    void this.stopAll();
  }

  async close(): Promise<void> {
    await this.stopAll();
    if (this.#count > 0 && mayHaveEscaped()) {
      await this.#endEverything([]);
    }
    await this.#guardian?.dismiss();
    this.#guardian = undefined;
  }

  /** Before a process is there, so that no moment is left in which nobody would find it. */
  #prepare(request: SpawnRequest): void {
    // What an interactive program leaves behind is its own affair: as ours, its dead would stay on as zombies until we end.
    if (!this.#adopts && request.daemon !== true && request.foreground !== true) {
      this.#adopts = true;
      loadLibc()?.adoptOrphans();
    }
    this.#count += 1;
    if (!this.#wantsGuardian || request.daemon === true || this.#guardian !== undefined) {
      return;
    }
    const { graceMs } = this.#patience;
    this.#guardian = startGuardian({ mark: this.#runMark, graceMs, path: request.env.PATH });
    // a machine without a shell has no guardian, and is not asked again
    this.#wantsGuardian = this.#guardian !== undefined;
  }

  /**
   * What a user starts in an interactive shell may outlive it, so a process in the foreground is not found by a mark; but for the
   * moment until its id is known, the guardian would find it by nothing else.
   */
  #markForAMoment({ foreground }: SpawnRequest): string | undefined {
    if (foreground !== true) {
      return undefined;
    }
    const mark = newRunMark();
    this.#guardian?.expect(mark);
    return mark;
  }

  /** First of all after a start: until then the guardian knows the process only by its mark. */
  #guard(pid: number, { daemon, foreground }: SpawnRequest): void {
    if (daemon !== true) {
      this.#guardian?.add(foreground === true ? pid : -pid);
    }
    ownProcesses.add(pid);
  }

  #enter(supervised: Supervised, restore: () => void): void {
    const { pid, reach } = supervised.root;
    this.#live.add(supervised);
    const leave = () => {
      this.#live.delete(supervised);
      ownProcesses.delete(pid);
      if (reach !== "process") {
        this.#guardian?.remove(reach === "group" ? -pid : pid);
      }
      if (reach === "tree") {
        this.#foregroundEndedAt = performance.now();
      }
      restore();
    };
    supervised.result.then(leave, leave);
  }

  async #stop(): Promise<void> {
    const live = [...this.#live];
    if (live.length === 0) {
      return;
    }
    const ending = this.#endEverything(live);
    for (const supervised of live) {
      supervised.endWith(ending);
    }
    await ending;
    await Promise.allSettled(live.map((supervised) => supervised.result));
  }

  #endEverything(live: readonly Supervised[]): Promise<void> {
    const search = {
      roots: live.map(({ root }) => root),
      marks: [this.#runMark],
      // what a virtual machine or an interactive shell left running is meant to stay, and only marks tell it from an orphan
      orphans: !this.#leavesThings,
    };
    return endAll(search, this.#patience);
  }
}
