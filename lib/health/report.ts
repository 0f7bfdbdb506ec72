import { type Mend, mendWords, type Severity } from "./check.ts";
import type { Examined } from "./examine.ts";
import { wrapWords } from "./words.ts";

type Paint = (text: string) => string;

/** Colours by what they mean; each hands its text back where there are none. */
export interface ReportStyle {
  readonly good: Paint;
  readonly bad: Paint;
  readonly warn: Paint;
  readonly note: Paint;
  readonly dim: Paint;
  readonly strong: Paint;
}

export interface ReportOptions {
  readonly columns: number;
  readonly style: ReportStyle;
  /** First lines: what was looked at. */
  readonly heading: readonly string[];
  /** In milliseconds. */
  readonly took: number;
  /** Also those that mean nothing here. */
  readonly verbose: boolean;
}

interface Section {
  readonly title: string;
  readonly mark: string;
  readonly paint: Paint;
  readonly rows: readonly Examined[];
}

/** Below this many columns what was found stands under its check and not beside it. */
const wide = 60;

/** The findings of doctor as text, gravest first, each with what mends it. */
export function reportText(all: readonly Examined[], options: ReportOptions): string {
  const { heading, columns, style } = options;
  const sections = sectionsOf(all, options).filter(({ rows }) => rows.length > 0);
  const nameWidth = Math.max(0, ...sections.flatMap(({ rows }) => rows.map(({ check }) => check.name.length)));
  const lines = sections.flatMap((section) => [
    "",
    style.strong(section.title),
    ...section.rows.flatMap((row) => rowLines(row, section, { columns, nameWidth, style })),
  ]);
  const head = heading.flatMap((line) => wrapWords(line, columns));
  return `${[...head, ...lines, "", ...wrapWords(summaryLine(all, options.took), columns)].join("\n")}\n`;
}

function sectionsOf(all: readonly Examined[], { style, verbose }: ReportOptions): readonly Section[] {
  const faulty = (severity: Severity): readonly Examined[] =>
    all.filter((one) => isFault(one) && one.severity === severity);
  return [
    { title: "Good", mark: "ok", paint: style.good, rows: all.filter(({ status }) => status === "good") },
    {
      title: "Not for this project",
      mark: "--",
      paint: style.dim,
      rows: verbose ? all.filter(({ status }) => status === "idle") : [],
    },
    { title: "To know", mark: "i", paint: style.note, rows: faulty("info") },
    { title: "Warnings", mark: "!", paint: style.warn, rows: faulty("warning") },
    { title: "Critical", mark: "x", paint: style.bad, rows: faulty("critical") },
  ];
}

export function isFault({ status }: Pick<Examined, "status">): boolean {
  return status === "weak" || status === "bad";
}

interface RowLayout {
  readonly columns: number;
  readonly nameWidth: number;
  readonly style: ReportStyle;
}

function rowLines(
  row: Examined,
  { mark, paint }: Section,
  { columns, nameWidth, style }: RowLayout
): readonly string[] {
  const { name } = row.check;
  const label = mark.padEnd(2);
  if (columns < wide) {
    return [
      `${paint(label)} ${style.strong(name)}`,
      ...wrapWords(row.found, columns - 3).map((line) => `   ${line}`),
      ...mendLines(row.mend, { columns, indent: 3, style }),
    ];
  }
  const indent = 3 + nameWidth + 2;
  const [first = "", ...more] = wrapWords(row.found, columns - indent);
  return [
    `${paint(label)} ${name.padEnd(nameWidth)}  ${first}`.trimEnd(),
    ...more.map((line) => " ".repeat(indent) + line),
    ...mendLines(row.mend, { columns, indent, style }),
  ];
}

/** A command stands whole on its line, to be copied; a terminal breaks it where it must. */
function mendLines(
  mend: Mend | undefined,
  { columns, indent, style }: { readonly columns: number; readonly indent: number; readonly style: ReportStyle }
): readonly string[] {
  if (mend === undefined) {
    return [];
  }
  const label = "mend: ";
  const { command, ...rest } = mend;
  const words = mendWords(rest);
  const room = columns - indent - label.length;
  const lines = [
    ...(command === undefined ? [] : [command]),
    ...wrapWords(command === undefined || words === "" ? words : `(${words})`, room),
  ];
  return lines.map(
    (line, index) => `${" ".repeat(indent)}${index === 0 ? style.note(label) : " ".repeat(label.length)}${line}`
  );
}

/** `1 critical, 2 warnings, 3 to know, 20 good, 4 not for this project (0.8 s)`. */
export function summaryLine(all: readonly Examined[], took: number): string {
  const { critical, warning, info, good, idle } = countsOf(all);
  const parts = [
    `${critical} critical`,
    `${warning} ${warning === 1 ? "warning" : "warnings"}`,
    `${info} to know`,
    `${good} good`,
    `${idle} not for this project`,
  ];
  return `${parts.join(", ")} (${(took / 1000).toFixed(1)} s)`;
}

export type Counts = Readonly<Record<Severity | "good" | "idle", number>>;

export function countsOf(all: readonly Examined[]): Counts {
  const count = (holds: (one: Examined) => boolean): number => all.filter(holds).length;
  return {
    critical: count((one) => isFault(one) && one.severity === "critical"),
    warning: count((one) => isFault(one) && one.severity === "warning"),
    info: count((one) => isFault(one) && one.severity === "info"),
    good: count(({ status }) => status === "good"),
    idle: count(({ status }) => status === "idle"),
  };
}
