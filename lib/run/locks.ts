import type { Release } from "./slots.ts";

export interface LockWish {
  readonly name: string;
  readonly mode: "exclusive" | "shared";
}

interface Holders {
  shared: number;
  exclusive: boolean;
}

interface Waiting {
  readonly wishes: readonly LockWish[];
  grant(release: Release): void;
}

/**
 * Named locks of one run. All wishes of a holder are granted together or not at all, so two tasks never wait
 * for each other; and in the order in which they were asked for, so nobody starves.
 */
export class Locks {
  readonly #held = new Map<string, Holders>();
  readonly #queue: Waiting[] = [];

  /** Waits until all are free; `undefined` where the signal aborted first. */
  acquire(wishes: readonly LockWish[], signal: AbortSignal): Promise<Release | undefined> {
    if (signal.aborted) {
      return Promise.resolve(undefined);
    }
    if (wishes.length === 0) {
      return Promise.resolve(() => {});
    }
    return new Promise((resolve) => {
      const onAbort = (): void => {
        const index = this.#queue.indexOf(waiting);
        if (index >= 0) {
          this.#queue.splice(index, 1);
        }
        resolve(undefined);
        this.#grant();
      };
      const waiting: Waiting = {
        wishes,
        grant(release) {
          signal.removeEventListener("abort", onAbort);
          resolve(release);
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#queue.push(waiting);
      this.#grant();
    });
  }

  #fits(wish: LockWish, wantedBefore: ReadonlyMap<string, "exclusive" | "shared">): boolean {
    const before = wantedBefore.get(wish.name);
    if (before !== undefined && (before === "exclusive" || wish.mode === "exclusive")) {
      return false;
    }
    const holders = this.#held.get(wish.name);
    if (holders === undefined) {
      return true;
    }
    return !holders.exclusive && (wish.mode === "shared" || holders.shared === 0);
  }

  #grant(): void {
    // What those ahead in the queue still wait for is not given to those behind them.
    const wantedBefore = new Map<string, "exclusive" | "shared">();
    for (const waiting of [...this.#queue]) {
      if (waiting.wishes.every((wish) => this.#fits(wish, wantedBefore))) {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        for (const wish of waiting.wishes) {
          this.#take(wish);
        }
        waiting.grant(this.#releaser(waiting.wishes));
      } else {
        for (const { name, mode } of waiting.wishes) {
          if (wantedBefore.get(name) !== "exclusive") {
            wantedBefore.set(name, mode);
          }
        }
      }
    }
  }

  #take({ name, mode }: LockWish): void {
    const holders = this.#held.get(name) ?? { shared: 0, exclusive: false };
    if (mode === "exclusive") {
      holders.exclusive = true;
    } else {
      holders.shared += 1;
    }
    this.#held.set(name, holders);
  }

  #releaser(wishes: readonly LockWish[]): Release {
    let held = true;
    return () => {
      if (!held) {
        return;
      }
      held = false;
      for (const { name, mode } of wishes) {
        const holders = this.#held.get(name);
        if (holders === undefined) {
          continue;
        }
        if (mode === "exclusive") {
          holders.exclusive = false;
        } else {
          holders.shared -= 1;
        }
        if (!holders.exclusive && holders.shared === 0) {
          this.#held.delete(name);
        }
      }
      this.#grant();
    };
  }
}
