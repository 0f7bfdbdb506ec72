/** Edits (insert, delete, replace, swap of neighbours) that turn `a` into `b`: optimal string alignment. */
export function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  const cells = new Uint16Array((a.length + 1) * width);
  const at = (row: number, column: number): number => cells[row * width + column] ?? 0;
  for (let row = 0; row <= a.length; row += 1) {
    cells[row * width] = row;
  }
  for (let column = 0; column <= b.length; column += 1) {
    cells[column] = column;
  }
  for (let row = 1; row <= a.length; row += 1) {
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, at(row - 2, column - 2) + 1);
      }
      cells[row * width + column] = best;
    }
  }
  return at(a.length, b.length);
}

/** The known name that `word` was most likely meant to be; `undefined` where none is near enough to say so. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: { name: string; distance: number } | undefined;
  for (const name of known) {
    if (Math.abs(name.length - word.length) > limit) {
      continue;
    }
    const distance = editDistance(word, name);
    if (distance <= limit && (best === undefined || distance < best.distance)) {
      best = { name, distance };
    }
  }
  return best?.name;
}

/**
 * The names that `word` was most likely meant to be, the likeliest first and at most three: those that are nearly spelled so,
 * then those of which it is nearly a part, as `python` is of `lint:python`. Other words, such as aliases, are taken where
 * there are none.
 */
export function nearestNames(word: string, names: Iterable<string>, others: Iterable<string> = []): readonly string[] {
  const limit = Math.max(1, Math.floor(word.length / 3));
  const all = [...names];
  const spelled = all
    .map((name) => ({
      name,
      distance: Math.abs(name.length - word.length) > limit ? limit + 1 : editDistance(word, name),
    }))
    .filter(({ distance }) => distance <= limit)
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ name }) => name);
  // Short words are near to everything.
  const isNear = (part: string): boolean =>
    part === word ||
    (word.length > 3 && Math.abs(part.length - word.length) <= limit && editDistance(part, word) <= limit);
  const parts = all.filter((name) => name.split(":").some(isNear));
  const found = [...new Set([...spelled, ...parts])].slice(0, 3);
  const other = found.length > 0 ? undefined : nearest(word, others);
  return other === undefined ? found : [other];
}

/** `lint`, `lint or list`, `lint, list or test`. */
export function either(names: readonly string[]): string | undefined {
  return names.length < 2 ? names[0] : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
