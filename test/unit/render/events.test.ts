import { expect, test } from "bun:test";
import type { Outcome, PlannedRow, RunEvent } from "../../../lib/core/event.ts";
import type { Finding } from "../../../lib/core/finding.ts";
import type { Problem } from "../../../lib/core/problem.ts";
import type { SkipReason } from "../../../lib/core/task.ts";
import { eventFields, eventLine } from "../../../lib/render/json.ts";
import { createRenderer } from "../../../lib/render/index.ts";
import { exited, id, recorder, renderOptions, say } from "./recorder.ts";

/** Each event with every field that it can have: a new field does not compile until it stands here. */
const whole: { readonly [T in RunEvent["type"]]: Required<Extract<RunEvent, { type: T }>> } = {
  "run-started": { type: "run-started", version: 1, tasks: [], at: 0 },
  "task-started": { type: "task-started", id: id("a"), attempt: 1, at: 1 },
  "task-progress": { type: "task-progress", id: id("a"), text: "files", done: 1, total: 2, at: 2 },
  "task-output": { type: "task-output", id: id("a"), stream: "stdout", text: "x\u2028\n\ud800", at: 3 },
  "task-finding": { type: "task-finding", id: id("a"), finding: {} as Finding, at: 4 },
  "task-finished": { type: "task-finished", id: id("a"), outcome: { status: "cancelled" }, duration: 5, at: 5 },
  "run-stopping": { type: "run-stopping", signal: "SIGINT", at: 6 },
  "run-finished": { type: "run-finished", exitCode: 0, at: 7 },
};

const plannedRow: Required<PlannedRow> = {
  id: id("a"),
  summary: "",
  needs: [],
  group: false,
  asked: true,
  interactive: false,
  after: [],
  locks: [],
};

const wholeFinding: Required<Finding> = {
  tool: "t",
  rule: "r",
  severity: "error",
  path: "p",
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  message: "m",
  url: "u",
  fix: { safe: true },
  secret: true,
  mild: true,
};

type Keys<U> = U extends unknown ? keyof U : never;
const outcomeKeys: Readonly<Record<Keys<Outcome>, true>> = {
  status: true,
  note: true,
  exitCode: true,
  problems: true,
  reason: true,
};

const reasonKinds: Readonly<Record<SkipReason["kind"], true>> = {
  "nothing-to-do": true,
  "tool-missing": true,
  platform: true,
  "need-failed": true,
  "turned-off": true,
};

const problemKinds: Readonly<Record<Problem["kind"], true>> = {
  "unknown-task": true,
  "unknown-flag": true,
  "flag-value": true,
  argument: true,
  "too-many-arguments": true,
  "name-clash": true,
  "unknown-need": true,
  cycle: true,
  "bad-task-file": true,
  config: true,
  "not-trusted": true,
  "task-failed": true,
  "task-threw": true,
  timeout: true,
  findings: true,
  "tool-missing": true,
  "not-ready": true,
  "tool-not-started": true,
  "commit-stopped": true,
  hook: true,
  "job-failed": true,
  "tool-crashed": true,
  "tool-unreadable": true,
  "tool-timeout": true,
  "tool-too-old": true,
  "no-project": true,
  file: true,
  git: true,
  machine: true,
  nix: true,
  container: true,
  refused: true,
  "wrong-use": true,
};

const page = await Bun.file(`${import.meta.dir}/../../../docs/events.md`).text();

/** The fields of the tables behind a line of the page, up to the next heading or table. */
function documented(after: string): readonly string[] {
  const [, rest = ""] = page.split(`\n${after}\n`);
  const table = /(?:^\|.*\n)+/m.exec(rest)?.[0] ?? "";
  return [...table.matchAll(/^\| `([^`?]+)\??` +\|/gm)].map((match) => match[1] ?? "");
}

test.each(Object.values(whole))(
  "docs/events.md has the fields of $type in their order, as they are written",
  (event) => {
    const written = Object.keys(JSON.parse(eventLine(event)) as object);
    expect(written).toEqual(["type", ...documented(`## ${event.type}`)]);
    expect(written.toSorted()).toEqual(Object.keys(event).toSorted());
  }
);

test("docs/events.md has the fields of what events hold", () => {
  expect(documented("A planned task:")).toEqual(Object.keys(plannedRow));
  expect(documented("A finding:")).toEqual(Object.keys(wholeFinding));
  expect(documented("An outcome:")).toEqual(Object.keys(outcomeKeys));
});

test("docs/events.md names every kind of reason and problem", () => {
  const [, reasons = ""] = page.split("A reason is told by its `kind`:");
  for (const kind of Object.keys(reasonKinds)) {
    expect(reasons).toContain(`\`${kind}\``);
  }
  const [, problems = ""] = page.split("The kinds are ");
  const named = [...(problems.split(".\n")[0] ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1]);
  expect(named.toSorted()).toEqual(Object.keys(problemKinds).toSorted());
});

test("docs/events.md has a part per type of event, and no other", () => {
  const parts = [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
  expect(parts).toEqual(Object.keys(eventFields));
});

test("each event is one line, the first with the version, and nothing else is on stdout", async () => {
  const screen = recorder();
  const renderer = await createRenderer("json", screen.terminal, renderOptions());
  const events = [...Object.values(whole), say.finish("a", exited("a", 7))];
  for (const event of events) {
    renderer.handle(event);
  }
  await renderer.finish();
  const lines = screen.out().split("\n");
  expect(lines.pop()).toBe("");
  expect(lines).toHaveLength(events.length);
  expect(lines[0]).toBe('{"type":"run-started","version":1,"at":0,"tasks":[]}');
  expect(lines[3]).toBe('{"type":"task-output","at":3,"id":"a","stream":"stdout","text":"x\u2028\\n\\ud800"}');
  expect(lines.at(-1)).toBe(
    '{"type":"task-finished","at":0,"id":"a","duration":300,"outcome":{"status":"failed","problems":[{"kind":"task-failed","id":"a","exitCode":7,"text":"`a` exited with 7"}]}}'
  );
  expect(screen.err()).toBe("error: `a` exited with 7\n");
});
