/** Many texts, found in one pass over what is searched (Aho and Corasick, 1975). Works on UTF-16 code units. */
export class Matcher {
  /** By state and code unit; the root is state 0. */
  readonly #next = new Map<number, number>();
  readonly #starts = new Uint8Array(0x1_00_00);
  readonly #fail: number[] = [0];
  readonly #depth: number[] = [0];
  /** The length of the longest of the texts that ends in a state, 0 where none does. */
  readonly #ends: number[] = [0];

  constructor(texts: readonly string[]) {
    for (const text of texts) {
      this.#add(text);
    }
    this.#link();
  }

  /** The state behind one more code unit. */
  step(from: number, code: number): number {
    if (from === 0 && this.#starts[code] === 0) {
      return 0;
    }
    let state = from;
    for (;;) {
      const next = this.#next.get(state * 0x1_00_00 + code);
      if (next !== undefined) {
        return next;
      }
      if (state === 0) {
        return 0;
      }
      state = this.#fail[state] ?? 0;
    }
  }

  /** How many of the last code units may be the start of one of the texts. */
  depth(state: number): number {
    return this.#depth[state] ?? 0;
  }

  /** How many of the last code units are one of the texts, the longest that ends here; 0 for none. */
  ended(state: number): number {
    return this.#ends[state] ?? 0;
  }

  #add(text: string): void {
    let state = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      const key = state * 0x1_00_00 + code;
      let next = this.#next.get(key);
      if (next === undefined) {
        next = this.#depth.push(index + 1) - 1;
        this.#next.set(key, next);
        this.#ends[next] = 0;
        this.#fail[next] = 0;
      }
      state = next;
    }
    this.#starts[text.charCodeAt(0)] = 1;
    this.#ends[state] = text.length;
  }

  /** States in order of depth, so that where a state falls back to is known before. */
  #link(): void {
    const edges = [...this.#next].map(([key, to]) => ({
      from: Math.floor(key / 0x1_00_00),
      code: key % 0x1_00_00,
      to,
    }));
    for (const { from, code, to } of edges.toSorted((a, b) => this.depth(a.to) - this.depth(b.to))) {
      const fail = from === 0 ? 0 : this.step(this.#fail[from] ?? 0, code);
      this.#fail[to] = fail;
      this.#ends[to] ||= this.ended(fail);
    }
  }
}
