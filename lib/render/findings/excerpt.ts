import { type Cell, cells, join, take, tab, widthOf } from "./cells.ts";

/** A line of source and, for the line below it, marks under the part that is meant. */
export interface Excerpt {
  readonly text: string;
  readonly mark: string;
}

export interface ExcerptFrame {
  /** Columns for the line itself. */
  readonly width: number;
  /** Columns that stand before it: tab stops count from the edge of the terminal. */
  readonly offset: number;
}

const gap = "...";

/**
 * One line of a file with the span from column `from` up to, not including, `to` (in code points, counted from 1)
 * marked by carets. A line that is too long is cut around the span; tabs stay tabs, in both lines.
 */
export function excerpt(source: string, from: number, to: number, frame: ExcerptFrame): Excerpt {
  const start = offsetOf(source, from - 1);
  const end = Math.max(start, offsetOf(source, to - 1));
  // Enough on each side for any terminal line; a minified file may hold megabytes in one line.
  const reach = frame.width * 4;
  const left = cells(source.slice(Math.max(0, start - reach), start));
  const middle = cells(source.slice(start, Math.min(end, start + reach)));
  const right = cells(source.slice(end, end + reach));
  const isWhole = start <= reach && end - start <= reach && source.length - end <= reach;
  if (isWhole && widthOf(left) + widthOf(middle) + widthOf(right) <= frame.width) {
    return { text: join([...left, ...middle, ...right]), mark: marks(left, middle, frame.offset) };
  }
  return cutAround(left, middle, right, {
    ...frame,
    moreLeft: start > reach,
    moreRight: source.length - end > reach || end - start > reach,
  });
}

interface CutFrame extends ExcerptFrame {
  readonly moreLeft: boolean;
  readonly moreRight: boolean;
}

function cutAround(left: readonly Cell[], middle: readonly Cell[], right: readonly Cell[], frame: CutFrame): Excerpt {
  const room = Math.max(1, frame.width - 2 * gap.length);
  const span = take(middle, room);
  const rest = room - widthOf(span);
  // What stands before the span says more of it than what follows, but not all of the room.
  const behind = Math.min(widthOf(right), Math.floor(rest / 3));
  const before = take(left.toReversed(), rest - behind).toReversed();
  const after = span.length < middle.length ? [] : take(right, rest - widthOf(before));
  const isCutLeft = frame.moreLeft || before.length < left.length;
  const isCutRight = frame.moreRight || span.length < middle.length || after.length < right.length;
  const lead = isCutLeft ? cells(gap) : [];
  return {
    text: `${join([...lead, ...before, ...span, ...after])}${isCutRight ? gap : ""}`,
    mark: marks([...lead, ...before], span, frame.offset),
  };
}

function marks(before: readonly Cell[], span: readonly Cell[], offset: number): string {
  let at = offset;
  const step = (cell: Cell): number => {
    const width = cell.text === "\t" ? tab - (at % tab) : cell.width;
    at += width;
    return width;
  };
  const blanks = before.map((cell) => {
    const width = step(cell);
    return cell.text === "\t" ? "\t" : " ".repeat(width);
  });
  const carets = span.map((cell) => "^".repeat(step(cell))).join("");
  return `${blanks.join("")}${carets === "" ? "^" : carets}`;
}

/** Where in the string a code point starts; its end where there are not so many. */
function offsetOf(text: string, codePoints: number): number {
  if (codePoints <= 0) {
    return 0;
  }
  if (!/[\ud800-\udbff]/.test(text)) {
    return Math.min(codePoints, text.length);
  }
  let offset = 0;
  for (let passed = 0; passed < codePoints && offset < text.length; passed += 1) {
    offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  }
  return offset;
}
