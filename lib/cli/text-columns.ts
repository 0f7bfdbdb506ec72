/** Text in lines of at most so many columns, but for a word that is wider. */
export function wrap(text: string, width: number): readonly string[] {
  // Most summaries are a line as they are, and a list has hundreds.
  if (widthOf(text) <= width && !unevenSpace.test(text)) {
    return [text];
  }
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

const unevenSpace = /^\s|\s$|\s{2}|[^\S ]/;

type Paint = (text: string) => string;

export interface ColumnsOptions {
  /** Blanks before each line; two where it is not given. */
  readonly indent?: number;
  readonly paint?: Paint;
}

/**
 * Two columns, the second wrapped to the width and aligned. A name that is too wide for its column has a line of its own,
 * and where there is no room for two columns all of them have.
 */
export function columnsOf(
  rows: readonly (readonly [string, string])[],
  width: number,
  { indent = 2, paint = (text) => text }: ColumnsOptions = {}
): readonly string[] {
  const widest = Math.max(0, ...rows.map(([name]) => widthOf(name)));
  const isNarrow = width - indent - widest - 2 < 24;
  const left = isNarrow && width < 60 ? 2 : Math.min(30, widest);
  const pad = " ".repeat(indent);
  const gap = isNarrow && width < 60 ? "" : "  ";
  const room = Math.max(16, width - left - indent - gap.length);
  return rows.flatMap(([name, text]) => {
    const [first = "", ...more] = wrap(text, room);
    const rest = more.map((line) => `${pad}${" ".repeat(left)}${gap}${line}`);
    if (widthOf(name) > left) {
      const names = wrap(name, width - indent).map((line, index) => `${pad}${index > 0 ? "  " : ""}${paint(line)}`);
      return [...names, `${pad}${" ".repeat(left)}${gap}${first}`, ...rest].map(trimmed);
    }
    return [`${pad}${paint(name)}${" ".repeat(left - widthOf(name))}${gap}${first}`, ...rest].map(trimmed);
  });
}

function trimmed(line: string): string {
  return line.trimEnd();
}

function widthOf(text: string): number {
  return Bun.stringWidth(text);
}
