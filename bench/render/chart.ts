import type { Case, Kind, SuiteResult } from "../results.ts";
import { ownOf, type Ranked, ranked } from "./compare.ts";
import { duration } from "./units.ts";

const columnWidth = 430;
const gap = 30;
const labelWidth = 160;
const barWidth = 190;
const barHeight = 12;
const rowHeight = 17;
const headHeight = 30;
const top = 44;

/** A bar longer than this many times that of `k` is cut off: else the others could not be told apart. */
const longest = 4;

/** Both colour schemes: an image has no other way to know on which ground it stands. */
const style = `
text { font: 12px ui-sans-serif, system-ui, sans-serif; fill: #1f2328 }
.title { font-size: 15px; font-weight: 600 } .head { font-weight: 600 } .value { fill: #59636e }
.k { fill: #0969da } .peer { fill: #8c959f } .floor { fill: #d1d9e0 } .cut { stroke: #fff; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc } .value { fill: #9198a1 }
  .k { fill: #4493f8 } .peer { fill: #656c76 } .floor { fill: #3d444d } .cut { stroke: #0d1117 }
}
`;

interface Block {
  readonly one: Case;
  readonly rows: readonly Ranked[];
}

/** The medians of a suite as bars, two columns of cases, each case with a scale of its own. */
export function chart({ name, summary, cases }: SuiteResult): string {
  const groups = [...new Set(cases.map(({ group }) => group))];
  const blocks = groups
    .flatMap((group) => cases.filter((one) => one.group === group))
    .map((one): Block => ({ one, rows: ranked(one) }))
    .filter(({ rows }) => rows.length > 0);
  const pairs = Array.from({ length: Math.ceil(blocks.length / 2) }, (_, index) =>
    blocks.slice(index * 2, index * 2 + 2)
  );
  let y = top;
  const drawn: string[] = [];
  for (const pair of pairs) {
    drawn.push(...pair.map((block, column) => drawBlock(block, column * (columnWidth + gap), y)));
    y += Math.max(...pair.map(({ rows }) => rows.length)) * rowHeight + headHeight + 12;
  }
  const width = columnWidth * 2 + gap;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" role="img" aria-labelledby="title">`,
    `<title id="title">${asXml(`${name}: ${summary}, median times, shorter is better`)}</title>`,
    `<style>${style}</style>`,
    `<text class="title" x="0" y="20">${asXml(summary)}</text>`,
    `<text class="value" x="${width}" y="20" text-anchor="end">median of whole processes, shorter is better</text>`,
    ...drawn,
    "</svg>",
    "",
  ].join("\n");
}

function drawBlock({ one, rows }: Block, x: number, y: number): string {
  const slowest = Math.max(...rows.map(({ summary }) => summary.median));
  const own = ownOf(one)?.summary.median ?? slowest;
  const scale = Math.min(slowest, own * longest);
  const bars = rows.map((row, index) => drawBar(row, scale, x, y + headHeight - 14 + index * rowHeight));
  return [`<text class="head" x="${x}" y="${y + 8}">${asXml(`${one.group}, ${one.name}`)}</text>`, ...bars].join("\n");
}

function drawBar({ measurement, summary }: Ranked, scale: number, x: number, y: number): string {
  const isCut = summary.median > scale;
  const length = Math.max(1, Math.round((Math.min(summary.median, scale) / scale) * barWidth));
  const from = x + labelWidth;
  const middle = y + barHeight - 2;
  const cut = isCut ? `<path class="cut" d="M${from + length - 14} ${y + barHeight + 2} l6 ${-barHeight - 4}"/>` : "";
  const kind: Kind = measurement.kind;
  return [
    `<text x="${from - 8}" y="${middle}" text-anchor="end">${asXml(measurement.contender)}</text>`,
    `<rect class="${kind}" x="${from}" y="${y}" width="${length}" height="${barHeight}" rx="2"/>${cut}`,
    `<text class="value" x="${from + length + 6}" y="${middle}">${asXml(duration(summary.median))}</text>`,
  ].join("\n");
}

function asXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
