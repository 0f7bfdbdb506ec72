/** The lines of `k` in a file of the user: nothing outside of the marks is ever touched. */
export function marks(name: string): { readonly begin: string; readonly end: string } {
  return { begin: `# >>> konductor ${name} >>>`, end: `# <<< konductor ${name} <<<` };
}

/**
 * The text with a block of these lines in it: in place of the block of that name, else at the end. The file's own line
 * ends stay. A block whose end mark is gone is left alone and a whole one is added: where it would end nobody knows.
 */
export function withBlock(text: string, name: string, lines: readonly string[]): string {
  const { begin, end } = marks(name);
  const newline = /\r\n/.test(text) ? "\r\n" : "\n";
  const block = [begin, ...lines, end].join(newline);
  const span = blockSpan(text, name);
  if (span !== undefined) {
    return text.slice(0, span.from) + block + text.slice(span.to);
  }
  const gap = text === "" ? "" : text.endsWith("\n") ? newline : newline + newline;
  return `${text}${gap}${block}${newline}`;
}

/** Where the block stands, without the line end behind it. */
export function blockSpan(text: string, name: string): { readonly from: number; readonly to: number } | undefined {
  const { begin, end } = marks(name);
  // The last one: behind an earlier begin without an end stand lines of the user.
  let from = -1;
  for (let at = lineStart(text, begin, 0); at >= 0; at = lineStart(text, begin, at + begin.length)) {
    from = at;
  }
  const to = from < 0 ? -1 : lineStart(text, end, from + begin.length);
  return to < 0 ? undefined : { from, to: to + end.length };
}

/** The place of a line that is just this, or -1. */
function lineStart(text: string, line: string, from: number): number {
  for (let at = text.indexOf(line, from); at >= 0; at = text.indexOf(line, at + 1)) {
    const isStart = at === 0 || text[at - 1] === "\n";
    const next = text.slice(at + line.length, at + line.length + 2);
    if (isStart && (next === "" || next.startsWith("\n") || next === "\r\n")) {
      return at;
    }
  }
  return -1;
}
