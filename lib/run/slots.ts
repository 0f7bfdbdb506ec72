/** Gives back what was taken; calling it twice does nothing more. */
export type Release = () => void;

interface Waiter {
  readonly patient: boolean;
  grant(release: Release): void;
}

/**
 * As many places as there may be jobs at once. A task takes one for as long as it runs; a task with much to do
 * may take idle ones too, `patient`ly: whoever waits for its first place goes before.
 */
export class Slots {
  #free: number;
  readonly #waiting: Waiter[] = [];
  readonly total: number;

  constructor(total: number) {
    this.total = Math.max(1, total);
    this.#free = this.total;
  }

  /** Waits for a place; `undefined` where the signal aborted first. */
  acquire(signal: AbortSignal, patient = false): Promise<Release | undefined> {
    if (signal.aborted) {
      return Promise.resolve(undefined);
    }
    if (this.#free > 0 && !(patient && this.#waiting.length > 0)) {
      this.#free -= 1;
      return Promise.resolve(this.#releaser());
    }
    return new Promise((resolve) => {
      const onAbort = (): void => {
        const index = this.#waiting.indexOf(waiter);
        if (index >= 0) {
          this.#waiting.splice(index, 1);
        }
        resolve(undefined);
      };
      const waiter: Waiter = {
        patient,
        grant(release) {
          signal.removeEventListener("abort", onAbort);
          resolve(release);
        },
      };
      signal.addEventListener("abort", onAbort, { once: true });
      this.#waiting.push(waiter);
    });
  }

  #releaser(): Release {
    let held = true;
    return () => {
      if (!held) {
        return;
      }
      held = false;
      this.#free += 1;
      this.#grantNext();
    };
  }

  #grantNext(): void {
    const first = this.#waiting.findIndex((waiter) => !waiter.patient);
    const [next] = this.#waiting.splice(Math.max(0, first), 1);
    if (next === undefined) {
      return;
    }
    this.#free -= 1;
    next.grant(this.#releaser());
  }

  /**
   * Works through `items` with the caller's own place and whatever others are idle, in order of start.
   * Stops taking new items once the signal aborts. The first rejection is thrown after all lanes ended.
   */
  async spread<T>(
    items: readonly T[],
    signal: AbortSignal,
    work: (item: T, index: number) => Promise<void>
  ): Promise<void> {
    let next = 0;
    const done = new AbortController();
    const failures: unknown[] = [];
    const lane = async (): Promise<void> => {
      while (next < items.length && !signal.aborted && failures.length === 0) {
        const index = next;
        next += 1;
        try {
          await work(items[index] as T, index);
        } catch (error) {
          failures.push(error);
        }
      }
      done.abort();
    };
    const helper = async (): Promise<void> => {
      const release = await this.acquire(AbortSignal.any([signal, done.signal]), true);
      if (release === undefined) {
        return;
      }
      try {
        await lane();
      } finally {
        release();
      }
    };
    const helpers = Math.min(items.length, this.total) - 1;
    await Promise.all([lane(), ...Array.from({ length: Math.max(0, helpers) }, helper)]);
    if (failures.length > 0) {
      throw failures[0];
    }
  }
}
