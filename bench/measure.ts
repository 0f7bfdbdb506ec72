import { type Command, time, type Timed, timeWithPeak } from "./process.ts";
import type { Kind, Measurement } from "./results.ts";
import { median } from "./stats.ts";

/** One of those that do the same work. */
export interface Contender {
  readonly name: string;
  readonly kind: Kind;
  readonly command: Command;
  /** Why it cannot take part. */
  readonly problem?: string | undefined;
  /** Makes the state that each run starts from; not in the times. */
  prepare?(): void;
}

export interface Effort {
  /** Thrown away. */
  readonly warmups: number;
  readonly rounds: number;
  /** In milliseconds: where it is over no further round begins, but three are always run. */
  readonly budget: number;
  /** GNU time; without it no memory is measured. */
  readonly timeProgram: string | undefined;
  /** The runs are so long that memory is measured in them, and no run is made for it alone. */
  readonly long?: boolean;
}

/** A contender in its race; one that failed once is out of it, with the reason. */
class Entry {
  readonly contender: Contender;
  readonly runs: Timed[] = [];
  problem: string | undefined;

  constructor(contender: Contender) {
    this.contender = contender;
    this.problem = contender.problem;
  }

  attempt(work: () => void): void {
    if (this.problem !== undefined) {
      return;
    }
    try {
      work();
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    }
  }
}

const fewestRounds = 3;

/** Runs them in turn, A B C A B C, each round beginning one further, so that load and neighbours hit all alike. */
export function measure(contenders: readonly Contender[], effort: Effort): readonly Measurement[] {
  const entries = contenders.map((contender) => new Entry(contender));
  const { timeProgram, long = false } = effort;
  const run = long && timeProgram !== undefined ? (one: Command) => timeWithPeak(one, timeProgram) : time;
  // What was written to prepare this must not reach the disk while it is measured.
  Bun.spawnSync(["sync"]);
  const began = performance.now();
  for (let round = -effort.warmups; round < effort.rounds; round += 1) {
    if (round >= fewestRounds && performance.now() - began > effort.budget) {
      break;
    }
    for (const entry of rotated(entries, round + effort.warmups)) {
      entry.attempt(() => {
        entry.contender.prepare?.();
        const timed = run(entry.contender.command);
        if (round >= 0) {
          entry.runs.push(timed);
        }
      });
    }
  }
  return entries.map((entry) => measurementOf(entry, effort));
}

function measurementOf(entry: Entry, { timeProgram }: Effort): Measurement {
  const { contender, runs } = entry;
  let peak = runs[0]?.peak;
  if (timeProgram !== undefined && peak === undefined) {
    entry.attempt(() => {
      contender.prepare?.();
      ({ peak } = timeWithPeak(contender.command, timeProgram));
    });
  }
  const failed = entry.problem !== undefined;
  return {
    contender: contender.name,
    kind: contender.kind,
    times: failed ? [] : runs.map(({ wall }) => Math.round(wall * 1000) / 1000),
    cpu: failed ? undefined : median(runs.map(({ cpu }) => cpu)),
    peak,
    problem: entry.problem,
  };
}

function rotated<T>(items: readonly T[], by: number): readonly T[] {
  const start = by % Math.max(items.length, 1);
  return [...items.slice(start), ...items.slice(0, start)];
}
