/** Tabs stand on stops of this many columns. */
export const tab = 8;

/** What a terminal draws as one. */
export interface Cell {
  readonly text: string;
  /** In columns; for a tab the most that it can take. */
  readonly width: number;
}

/** Made at its first use: it costs a millisecond. */
let segmenter: Intl.Segmenter | undefined;

export function cells(text: string): readonly Cell[] {
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(visible(text)), ({ segment }) => ({
    text: segment,
    width: segment === "\t" ? tab : Bun.stringWidth(segment),
  }));
}

/** What would act on the terminal, or turn the reading direction around, as a sign of its own; halves of a pair go. */
function visible(text: string): string {
  return text
    .replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, "")
    .replace(/(?!\t)[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]/gu, "\ufffd");
}

export function widthOf(part: readonly Cell[]): number {
  return part.reduce((sum, cell) => sum + cell.width, 0);
}

export function join(part: readonly Cell[]): string {
  return part.map((cell) => cell.text).join("");
}

/** As many from the start as fit. */
export function take(part: readonly Cell[], width: number): readonly Cell[] {
  let used = 0;
  const end = part.findIndex((cell) => {
    used += cell.width;
    return used > width;
  });
  return end === -1 ? part : part.slice(0, end);
}
