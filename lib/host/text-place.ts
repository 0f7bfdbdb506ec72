/** Line and column of an offset, both from 1; columns count Unicode code points, as findings do. */
export function placeOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
  }
  return { line, column: [...text.slice(start, offset)].length + 1 };
}

/** The offset at which a line begins; lines count from 1. */
export function offsetOfLine(text: string, line: number): number {
  let at = 0;
  for (let now = 1; now < line; now += 1) {
    at = text.indexOf("\n", at) + 1 || text.length;
  }
  return at;
}
