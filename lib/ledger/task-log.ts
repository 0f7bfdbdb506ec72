import { closeSync, openSync, renameSync, writeSync } from "node:fs";

/** The output of one task as a file that grows; of one that grows too long the end is kept. Throws what the disk throws. */
export class TaskLog {
  readonly #files: { readonly now: string; readonly before: string };
  readonly #half: number;
  #descriptor: number | undefined;
  #size = 0;
  #total = 0;

  /** `limit` is in bytes. */
  constructor(files: { readonly now: string; readonly before: string }, limit: number) {
    this.#files = files;
    this.#half = Math.max(1, Math.floor(limit / 2));
  }

  /** All that was written, in bytes, also what is gone since. */
  get total(): number {
    return this.#total;
  }

  write(text: string): void {
    if (this.#size > this.#half) {
      this.close();
      renameSync(this.#files.now, this.#files.before);
      this.#size = 0;
    }
    this.#descriptor ??= openSync(this.#files.now, "a", 0o600);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) {
      at += writeSync(this.#descriptor, bytes, at);
    }
    this.#size += bytes.length;
    this.#total += bytes.length;
  }

  close(): void {
    if (this.#descriptor !== undefined) {
      closeSync(this.#descriptor);
    }
    this.#descriptor = undefined;
  }
}
