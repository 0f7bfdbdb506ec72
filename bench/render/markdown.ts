import type { Case, Results, SuiteResult } from "../results.ts";
import { type Ranked, verdict } from "./compare.ts";
import { details, overview, table } from "./table.ts";
import { duration, ratio, thousands } from "./units.ts";

/** `bench/RESULTS.md`: what was measured, where, and who was faster. */
export function markdown(results: Results): string {
  const parts = [
    "# Benchmarks\n",
    "Made by `./k bench` from [results.json](results.json): edits here are lost.\n",
    reading,
    ...standing(results.suites),
    ...results.suites.flatMap(suiteParts),
    "## Versions\n",
    table(["", "version"], Object.entries(results.versions)),
    ...missingParts(results),
  ];
  return parts.join("\n");
}

function circumstances({ machine, date, quick, version }: SuiteResult): string {
  const { processor, cores, memory, system, fileSystem, load } = machine;
  const rough = quick ? "**A quick run with few rounds: a rough picture.** " : "";
  const busy = load > cores / 2 ? " **The machine had other work: only large differences mean anything.**" : "";
  const where = `${processor}, ${cores} cores, ${thousands(memory / 1e9)} GB, ${system}, ${fileSystem}`;
  return `${rough}${date.slice(0, 10)}, \`k\` of commit ${version}, on ${where}; load ${load} at the start.${busy}\n`;
}

const reading = `Every time is that of a whole process, from its start to its end, the median of several runs. The contenders of a case
run in turn, one run each, round by round, so that whatever else the machine does hits all of them; warm-ups are thrown
away. In parentheses: how many times the time of \`k\` it is. Memory is the peak of the biggest single process among the
program and all that it starts and waits for, measured in a run of its own. Bold is the fastest of \`k\` and its peers; what
else there is stands beside for scale: an empty program, git alone, the same commands typed by hand.
`;

/** Where `k` is not ahead comes first. */
function standing(suites: readonly SuiteResult[]): readonly string[] {
  const lost: string[] = [];
  const level: string[] = [];
  const won: string[] = [];
  for (const suite of suites) {
    for (const one of suite.cases) {
      const found = verdict(one);
      if (found === undefined) {
        continue;
      }
      const { measurement, summary } = found.own;
      const where = `${suite.name}, ${one.group}, ${one.name}: \`${measurement.contender}\` ${duration(summary.median)}`;
      if (found.faster.length > 0) {
        lost.push(`- ${where}; ${found.faster.map((peer) => behind(peer, found.own)).join(", ")}\n`);
      } else if (found.level.length > 0) {
        level.push(`- ${where}; ${found.level.map((peer) => against(peer, found.own)).join(", ")}\n`);
      } else {
        won.push(
          `- ${where}; next ${found.slower
            .slice(0, 1)
            .map((peer) => against(peer, found.own))
            .join("")}\n`
        );
      }
    }
  }
  return [
    "## Where a peer is faster\n",
    lost.length === 0 ? "Nowhere in what was measured.\n" : lost.join(""),
    ...(level.length === 0
      ? []
      : ["## Where they are level\n", "The middle halves of the runs overlap.\n", level.join("")]),
    ...(won.length === 0 ? [] : ["## Where `k` is ahead of all peers\n", won.join("")]),
  ];
}

/** How far `k` is behind. */
function behind({ measurement, summary }: Ranked, own: Ranked): string {
  const times = ratio(own.summary.median, summary.median);
  return `${measurement.contender} ${duration(summary.median)} (\`k\` takes ${times})`;
}

function against({ measurement, summary }: Ranked, own: Ranked): string {
  return `${measurement.contender} ${duration(summary.median)} (${ratio(summary.median, own.summary.median)})`;
}

function suiteParts(suite: SuiteResult): readonly string[] {
  const { name, summary, method, cases } = suite;
  const groups = [...new Set(cases.map(({ group }) => group))];
  return [
    `## ${summary}\n`,
    circumstances(suite),
    `![The medians of ${name} as bars](${name}.svg)\n`,
    `${method.map((line) => `- ${line}\n`).join("")}`,
    ...groups.flatMap((group) =>
      groupParts(
        group,
        cases.filter((one) => one.group === group)
      )
    ),
  ];
}

function groupParts(group: string, cases: readonly Case[]): readonly string[] {
  const failed = cases.flatMap((one) =>
    one.measurements.flatMap(({ contender, problem }) =>
      problem === undefined
        ? []
        : [
            `- ${contender} failed, ${one.name}: \`${problem.replaceAll(/\s+/g, " ").replaceAll("`", "'").slice(0, 300)}\`\n`,
          ]
    )
  );
  return [
    `### ${group[0]?.toUpperCase() ?? ""}${group.slice(1)}\n`,
    overview(cases),
    ...(failed.length === 0 ? [] : [failed.join("")]),
    `<details><summary>All figures</summary>\n\n${details(cases)}\n</details>\n`,
  ];
}

function missingParts({ missing }: Results): readonly string[] {
  const rows = Object.entries(missing);
  return rows.length === 0 ? [] : ["## Peers that could not be had\n", table(["", "why"], rows)];
}
