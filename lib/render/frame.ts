import { fitLine, type FrameView, nameWidth, outputLine, type Row, rowLine, type RowState } from "./row-line.ts";

/** What stands at the bottom of the window while tasks run: never more lines than it has, none wider than it is. */
export function liveFrame(rows: readonly Row[], view: FrameView): readonly string[] {
  const shown = rows.filter((row) => row.state !== "waiting" && row.state !== "idle");
  const foot = footer(rows, view);
  // One line stays free for the cursor.
  const room = Math.max(1, view.lines - 1 - foot.length);
  const { kept, hidden } = fit(shown, room);
  let spare = room - kept.length - (hidden.length > 0 ? 1 : 0);
  const name = nameWidth(shown, view.columns);
  const lines = kept.flatMap((row) => {
    if (row.state !== "running" || row.output === "" || spare <= 0) {
      return [rowLine(row, name, view)];
    }
    spare -= 1;
    return [rowLine(row, name, view), outputLine(row, view)];
  });
  return [...hiddenLine(hidden, view), ...lines, ...foot].slice(-Math.max(1, view.lines - 1));
}

/** What stays when all is over. More rows than the window has lines are told as a number, but for those that matter. */
export function lastFrame(
  rows: readonly Row[],
  view: FrameView & { readonly quiet: boolean; readonly verbose: boolean }
): readonly string[] {
  const isBad = (row: Row): boolean => row.state === "failed" || row.state === "missing";
  const ended = rows.filter((row) => row.state !== "waiting" && row.state !== "idle");
  const isFolded = ended.length >= view.lines && !view.verbose;
  const isDull = (row: Row): boolean => isFolded && (row.state === "passed" || row.state === "cancelled");
  const shown = ended.filter((row) => isBad(row) || !(view.quiet || isDull(row)));
  const hidden = view.quiet ? [] : ended.filter((row) => !shown.includes(row));
  const name = nameWidth(shown, view.columns);
  return [
    ...hiddenLine(hidden, view),
    ...shown.map((row) => rowLine(row, name, view)),
    ...(view.quiet ? [] : idleLine(rows, view)),
  ];
}

/** Those that matter most now, in the order in which they came. */
function fit(rows: readonly Row[], room: number): { readonly kept: readonly Row[]; readonly hidden: readonly Row[] } {
  if (rows.length <= room) {
    return { kept: rows, hidden: [] };
  }
  const rank: Readonly<Record<RowState, number>> = {
    running: 0,
    failed: 1,
    missing: 2,
    cancelled: 3,
    skipped: 3,
    passed: 4,
    waiting: 5,
    idle: 5,
  };
  const chosen = new Set(
    rows
      .map((row, index) => ({ row, index }))
      .toSorted((a, b) => rank[a.row.state] - rank[b.row.state] || b.index - a.index)
      .slice(0, Math.max(0, room - 1))
      .map(({ row }) => row)
  );
  return { kept: rows.filter((row) => chosen.has(row)), hidden: rows.filter((row) => !chosen.has(row)) };
}

const order: readonly RowState[] = ["passed", "failed", "missing", "skipped", "cancelled", "running"];

function hiddenLine(hidden: readonly Row[], view: FrameView): readonly string[] {
  if (hidden.length === 0) {
    return [];
  }
  const counts = order.flatMap((state) => {
    const amount = hidden.filter((row) => row.state === state).length;
    const words = state === "missing" ? "without their tool" : state;
    return amount === 0 ? [] : [`${amount} ${words}`];
  });
  const mark = hidden.every((row) => row.state === "passed") ? view.style.good("✔") : " ";
  return [fitLine(`${mark} ${view.style.dim(counts.join(", "))}`, view)];
}

function footer(rows: readonly Row[], view: FrameView): readonly string[] {
  const having = (state: RowState): number => rows.filter((row) => row.state === state).length;
  const waiting = having("waiting");
  const counts = [
    `${rows.length - waiting - having("running")}/${rows.length} done`,
    ...(waiting === 0 ? [] : [`${waiting} waiting`]),
    ...(having("failed") === 0 ? [] : [view.style.bad(`${having("failed")} failed`)]),
  ];
  const words = view.style.dim(counts.join(", "));
  const line = view.stopping ? `${view.style.warn("stopping, again to kill")} ${words}` : words;
  return rows.length > 1 || view.stopping ? [fitLine(`  ${line}`, view)] : [];
}

function idleLine(rows: readonly Row[], view: FrameView): readonly string[] {
  const names = rows.filter((row) => row.state === "idle").map((row) => row.id);
  if (names.length === 0) {
    return [];
  }
  return [fitLine(view.style.dim(`- ${names.length} had nothing to do: ${names.join(", ")}`), view)];
}
