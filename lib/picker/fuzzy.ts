/** How well a text fits what was typed, and which of its letters it is for; higher is better. */
export interface Fit {
  readonly score: number;
  /** Indexes of the text, in UTF-16 units. */
  readonly at: readonly number[];
}

/** All letters of the query, in their order, anywhere in the text; undefined where they are not. Case does not count. */
export function fit(query: string, text: string): Fit | undefined {
  const wanted = query.toLowerCase();
  const within = text.toLowerCase();
  const whole = within.indexOf(wanted);
  if (whole >= 0) {
    const at = Array.from({ length: wanted.length }, (_, index) => whole + index);
    return { score: scoreOf(text, at) + wanted.length * 4 - (whole === 0 ? 0 : 4), at };
  }
  const best = [...starts(within, wanted[0] ?? "")].flatMap((start) => {
    const at = subsequence(wanted, within, start);
    return at === undefined ? [] : [{ score: scoreOf(text, at), at }];
  });
  return best.length === 0 ? undefined : best.reduce((a, b) => (b.score > a.score ? b : a));
}

function* starts(text: string, letter: string): Generator<number> {
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) {
    yield at;
  }
}

function subsequence(wanted: string, text: string, start: number): readonly number[] | undefined {
  const at: number[] = [];
  let from = start;
  for (const letter of wanted) {
    const found = text.indexOf(letter, from);
    if (found < 0) {
      return undefined;
    }
    at.push(found);
    from = found + letter.length;
  }
  return at;
}

/** Letters that stand together, and at the beginning of a part of a name, are what people type; a long text is a weak fit. */
function scoreOf(text: string, at: readonly number[]): number {
  let score = 0;
  for (const [index, place] of at.entries()) {
    const before = text[place - 1];
    const isPart = before === undefined || /[^\p{L}\p{N}]/u.test(before);
    const follows = index > 0 && at[index - 1] === place - 1;
    score += 1 + (isPart ? 6 : 0) + (follows ? 4 : 0);
  }
  return score - text.length / 16;
}
