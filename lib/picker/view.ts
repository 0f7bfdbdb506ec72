import type { PickerState } from "./state.ts";
import type { Ranked } from "./rank.ts";

type Paint = (text: string) => string;

export interface PickerStyle {
  readonly strong: Paint;
  readonly note: Paint;
  readonly dim: Paint;
}

export interface View {
  readonly lines: readonly string[];
  /** Where the cursor stands, both from 0. */
  readonly row: number;
  readonly column: number;
}

/** How many tasks are in view at this height: the query takes a line, and so does what stands below, where there is room. */
export function pageOf(rows: number): number {
  return Math.max(1, rows - (rows > 4 ? 2 : 1));
}

/** The whole screen as lines none of which is wider than it. */
export function view(state: PickerState, columns: number, rows: number, style: PickerStyle): View {
  const page = pageOf(rows);
  const { found, chosen } = state;
  const top = Math.max(0, Math.min(chosen - Math.floor(page / 2), found.length - page));
  const shown = found.slice(top, top + page);
  const widest = Math.max(8, ...shown.map(({ entry }) => widthOf(entry.name)));
  // In a narrow window the name is what counts.
  const names = Math.min(widest, columns < 60 ? columns - 3 : Math.floor(columns / 2));
  const { text, column } = queryLine(state, columns);
  const count = `${found.length === 0 ? "none of" : `${found.length} of`} ${state.entries.length}`;
  const help = "enter runs it, esc leaves";
  return {
    lines: [
      text,
      ...shown.map((ranked, index) => row(ranked, top + index === chosen, { names, columns, style })),
      ...(rows > 4
        ? [
            style.dim(
              cut(columns > count.length + help.length + 6 ? `  ${count}   ${help}` : `  ${count}`, columns - 1)
            ),
          ]
        : []),
    ],
    row: 0,
    column,
  };
}

const prompt = "k ";

/** The end of a query that is wider than the screen is what one sees, as far as the cursor. */
function queryLine({ query, cursor }: PickerState, columns: number): { text: string; column: number } {
  const room = Math.max(1, columns - prompt.length - 1);
  let start = 0;
  while (start < cursor && widthOf(query.slice(start, cursor)) > room) {
    start += query.codePointAt(start) !== undefined && (query.codePointAt(start) ?? 0) > 0xffff ? 2 : 1;
  }
  return {
    text: prompt + cut(query.slice(start), room),
    column: Math.min(columns - 1, prompt.length + widthOf(query.slice(start, cursor))),
  };
}

interface RowLayout {
  readonly names: number;
  readonly columns: number;
  readonly style: PickerStyle;
}

function row({ entry, at }: Ranked, isChosen: boolean, { names, columns, style }: RowLayout): string {
  const name = cut(entry.name, names);
  const marked = [...name].length === name.length ? markLetters(name, at, style.note) : name;
  const room = columns - 2 - names - 3;
  const pad = " ".repeat(Math.max(0, names - widthOf(name)));
  const summary = room < 8 ? "" : `${pad}  ${style.dim(cut(entry.summary, room))}`;
  return `${isChosen ? style.note(">") : " "} ${isChosen ? style.strong(marked) : marked}${summary}`;
}

function markLetters(name: string, at: readonly number[], paint: Paint): string {
  return [...name].map((letter, index) => (at.includes(index) ? paint(letter) : letter)).join("");
}

function widthOf(text: string): number {
  return Bun.stringWidth(text);
}

function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) {
    return text;
  }
  let out = "";
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (widthOf(out + segment) > columns - 1) {
      break;
    }
    out += segment;
  }
  return columns < 1 ? "" : `${out}…`;
}
