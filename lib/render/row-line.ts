import { cut } from "./printable.ts";
import type { Style } from "./style.ts";

/** `idle` had nothing to do, `missing` had no tool to do it with. */
export type RowState = "waiting" | "running" | "passed" | "failed" | "skipped" | "missing" | "idle" | "cancelled";

export interface Row {
  readonly id: string;
  readonly state: RowState;
  /** Note, progress or reason. */
  readonly detail: string;
  /** How long it took, or has taken so far; empty where that says nothing. */
  readonly time: string;
  /** The last line that it printed. */
  readonly output: string;
}

export interface FrameView {
  readonly style: Style;
  readonly columns: number;
  /** Lines of the window. */
  readonly lines: number;
  readonly spinner: string;
  readonly stopping: boolean;
}

/** Columns left empty at the right edge: a terminal treats its last column in ways of its own. */
const margin = 1;

/** Wide enough for most names, and never more than half of the window. */
export function nameWidth(rows: readonly Row[], columns: number): number {
  const longest = Math.max(0, ...rows.map((row) => row.id.length));
  return Math.min(longest, Math.max(8, Math.floor(columns / 2) - 2));
}

export function rowLine(row: Row, name: number, view: FrameView): string {
  const { style } = view;
  const id = row.id.length > name ? cut(row.id, name) : row.id.padEnd(name);
  const words = [row.detail, row.time].filter((part) => part !== "").join(", ");
  const isQuiet = row.state === "skipped" || row.state === "cancelled";
  const text = row.state === "failed" ? words : style.dim(words);
  return fitLine(`${icon(row.state, view)} ${isQuiet ? style.dim(id) : id}  ${text}`, view);
}

export function outputLine(row: Row, view: FrameView): string {
  return fitLine(view.style.dim(`    › ${row.output}`), view);
}

function icon(state: RowState, { style, spinner }: FrameView): string {
  switch (state) {
    case "running":
      return style.note(spinner);
    case "passed":
      return style.good("✔");
    case "failed":
      return style.bad("✖");
    case "missing":
      return style.warn("!");
    case "skipped":
    case "idle":
    case "waiting":
      return style.dim("-");
    case "cancelled":
      return style.warn("■");
  }
}

export function fitLine(text: string, view: FrameView): string {
  return cut(text.trimEnd(), Math.max(1, view.columns - margin));
}
