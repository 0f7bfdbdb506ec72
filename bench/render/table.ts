import type { Case } from "../results.ts";
import { floorOf, ownOf, ranked } from "./compare.ts";
import { duration, megabytes, ratio } from "./units.ts";

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll("|", "\\|")).join(" | ")} |\n`;
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return `${line(head)}${line(rule)}${rows.map(line).join("")}`;
}

/** A row per contender, a column per case: median, how many times that of `k` it is, and peak memory. */
export function overview(cases: readonly Case[]): string {
  const names = [...new Set(cases.flatMap(({ measurements }) => measurements.map(({ contender }) => contender)))];
  return table(
    ["", ...cases.map(({ name }) => name)],
    names.map((name) => [name, ...cases.map((one) => cell(one, name))])
  );
}

function cell(one: Case, name: string): string {
  const measurement = one.measurements.find(({ contender }) => contender === name);
  if (measurement === undefined) {
    return "";
  }
  const all = ranked(one);
  const own = ownOf(one);
  const found = all.find((entry) => entry.measurement === measurement);
  if (found === undefined) {
    return "failed";
  }
  const fastest = all.find((entry) => entry.measurement.kind !== "floor");
  const time = duration(found.summary.median);
  const against =
    own === undefined || own.measurement === measurement ? "" : ` (${ratio(found.summary.median, own.summary.median)})`;
  return `${fastest?.measurement === measurement ? `**${time}**` : time}${against} ${megabytes(measurement.peak)}`;
}

/** Every figure, a row per case and contender. */
export function details(cases: readonly Case[]): string {
  const rows = cases.flatMap((one) => {
    const floor = floorOf(one);
    const own = ownOf(one);
    return ranked(one).map(({ measurement, summary }) => [
      one.name,
      measurement.contender,
      duration(summary.median),
      duration(summary.min),
      `${duration(summary.low)} – ${duration(summary.high)}`,
      String(summary.runs),
      floor === undefined ? "" : ratio(summary.median, floor.summary.median),
      own === undefined ? "" : ratio(summary.median, own.summary.median),
      measurement.cpu === undefined ? "" : duration(measurement.cpu),
      megabytes(measurement.peak),
    ]);
  });
  const head = ["case", "", "median", "least", "middle half", "runs", "to the floor", "to k", "processor", "memory"];
  return table(head, rows);
}
