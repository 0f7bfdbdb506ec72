import type { ExitCode } from "../../core/exit-code.ts";
import { html, page } from "../../page/page.ts";
import { count, duration } from "../../render/words.ts";
import type { ReportData, ReportTask } from "./report-data.ts";
import type { ReportAbout } from "./report-writer.ts";
import chart from "./chart.browser.js" with { type: "text" };
import findingsScript from "./findings.browser.js" with { type: "text" };
import logsScript from "./logs.browser.js" with { type: "text" };
import parts from "./parts.browser.js" with { type: "text" };
import style from "./report.css" with { type: "text" };

type About = Omit<ReportAbout, "readSource"> & { readonly exitCode: ExitCode | undefined };

const script = [parts, chart, findingsScript, logsScript].join("\n");

/** One page of a run: what can be read without a script is in it as text, the script adds the chart, the filters and the logs. */
export function reportPage(about: About, data: ReportData): string {
  const command = about.command.join(" ");
  const body = [
    header(about, command, data),
    "<main>",
    problems(data.tasks),
    timeline(data.tasks),
    findings(data),
    logs(data),
    "<noscript><p>The chart, the findings and the logs need JavaScript, which this browser has turned off.</p></noscript>",
    "</main>",
    `<footer class="muted"><p>Written by k ${html(about.version)}. This page loads nothing from anywhere.</p></footer>`,
  ];
  return page({ title: `${about.project}: ${command}`, style, body: body.join("\n"), script, data });
}

function header({ project, began, head, exitCode }: About, command: string, data: ReportData): string {
  const state = exitCode === 0 ? "passed" : "failed";
  const words = exitCode === 0 ? "passed" : `ended with exit code ${exitCode ?? "?"}`;
  const commit = head.commit?.slice(0, 9);
  const facts = [
    `<time datetime="${began.toISOString()}">${began.toISOString().slice(0, 16).replace("T", " ")} UTC</time>`,
    html(duration(data.took)),
    ...(head.branch === undefined ? [] : [`on <code>${html(head.branch)}</code>`]),
    ...(commit === undefined ? [] : [`at <code>${html(commit)}</code>`]),
  ];
  const having = (status: ReportTask["status"]): number => data.tasks.filter((task) => task.status === status).length;
  const tiles = [
    tile(having("failed"), "failed", "failed"),
    tile(having("passed"), "passed", "passed"),
    tile(having("skipped"), "skipped", "skipped"),
    tile(having("cancelled"), "cancelled", "cancelled"),
    tile(having("idle"), "had nothing to do", "idle"),
    tile(data.findings.length, data.findings.length === 1 ? "finding" : "findings", "findings"),
  ].filter((text) => text !== "");
  return [
    "<header>",
    `<p class="muted project">${html(project)}</p>`,
    `<h1><code>${html(command)}</code></h1>`,
    `<p class="facts"><strong class="badge ${state}">${html(words)}</strong> <span>${facts.join(' <span aria-hidden="true">·</span> ')}</span></p>`,
    `<ul class="tiles">${tiles.join("")}</ul>`,
    "</header>",
  ].join("\n");
}

function tile(amount: number, words: string, kind: string): string {
  return amount === 0 ? "" : `<li class="tile ${kind}"><b>${amount}</b> ${html(words)}</li>`;
}

function problems(tasks: readonly ReportTask[]): string {
  const failed = tasks.filter(({ status }) => status === "failed");
  if (failed.length === 0) {
    return "";
  }
  const items = failed.map((task) => {
    const lines = task.problems.map(
      ({ text, hint, detail }) =>
        `<p>${html(withoutName(text, task.id))}${hint === undefined ? "" : `<br><span class="muted">${html(hint)}</span>`}</p>${
          detail === undefined ? "" : `<pre class="detail" tabindex="0">${html(Bun.stripANSI(detail).trimEnd())}</pre>`
        }`
    );
    const found = task.findings > 0 ? ' <a class="to-log" href="#findings">the findings</a>' : "";
    const log = task.hasLog ? ` <a class="to-log" href="#log-${html(task.id)}">its output</a>` : "";
    return `<li><h3><code>${html(task.id)}</code>${found}${log}</h3>${lines.join("")}</li>`;
  });
  return `<section aria-labelledby="what-failed"><h2 id="what-failed">What failed</h2><ul class="problems">${items.join("")}</ul></section>`;
}

/** The heading has named the task already. */
function withoutName(text: string, id: string): string {
  return text.startsWith(`\`${id}\` `) ? text.slice(id.length + 3) : text;
}

function timeline(tasks: readonly ReportTask[]): string {
  const shown = tasks.filter(({ status }) => status !== "idle");
  if (shown.length === 0) {
    return "";
  }
  const path = tasks.filter(({ isCritical }) => isCritical).toSorted((a, b) => (a.from ?? 0) - (b.from ?? 0));
  const words =
    path.length === 0
      ? ""
      : `<p class="muted">What the run waited for (outlined): ${path.map(({ id }) => `<code>${html(id)}</code>`).join(" → ")}</p>`;
  const rows = shown.map((task) => {
    const took = task.from === undefined || task.to === undefined ? "" : duration(task.to - task.from);
    const waited = task.from === undefined ? "" : duration(Math.max(0, task.from - (task.ready ?? 0)));
    const log = task.hasLog ? `<a class="to-log" href="#log-${html(task.id)}">output</a>` : "";
    return `<tr><th scope="row"><code>${html(task.id)}</code></th><td class="${task.status}">${task.status}</td><td>${html(task.words)}</td><td class="number">${took}</td><td class="number">${waited}</td><td>${log}</td></tr>`;
  });
  return [
    '<section aria-labelledby="tasks"><h2 id="tasks">Tasks</h2>',
    words,
    '<div id="chart" hidden></div>',
    `<details class="table"><summary>${count(shown.length, "task")} as a table</summary><div class="scroll" tabindex="0" role="region" aria-label="Tasks as a table"><table>`,
    '<thead><tr><th scope="col">task</th><th scope="col">end</th><th scope="col">what</th><th scope="col">took</th><th scope="col">waited</th><th scope="col">log</th></tr></thead>',
    `<tbody>${rows.join("\n")}</tbody></table></div></details></section>`,
  ].join("\n");
}

function findings({ findings: all }: ReportData): string {
  if (all.length === 0) {
    return "";
  }
  const options = (names: readonly string[]): string => names.map((name) => `<option>${html(name)}</option>`).join("");
  const tools = [...new Set(all.map(({ tool }) => tool))].toSorted();
  const severities = ["error", "warning", "info"].filter((name) => all.some(({ severity }) => severity === name));
  return [
    '<section aria-labelledby="findings"><h2 id="findings">Findings</h2>',
    '<form id="filter" class="filter" role="search" aria-label="Filter the findings" hidden>',
    '<label class="wide"><span>Search</span><input type="search" id="words" autocomplete="off" placeholder="message, path or rule"></label>',
    `<label><span>Severity</span><select id="severity"><option value="">any</option>${options(severities)}</select></label>`,
    `<label><span>Tool</span><select id="tool"><option value="">any</option>${options(tools)}</select></label>`,
    '<label><span>By</span><select id="by"><option value="path">file</option><option value="rule">rule</option></select></label>',
    "</form>",
    '<p id="shown" class="muted" role="status"></p>',
    '<div id="groups"></div></section>',
  ].join("\n");
}

function logs({ logs: all }: ReportData): string {
  return all.length === 0
    ? ""
    : '<section aria-labelledby="logs"><h2 id="logs">Output</h2><div id="log-list"></div></section>';
}
