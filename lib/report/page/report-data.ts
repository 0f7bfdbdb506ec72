import type { Finding } from "../../core/finding.ts";
import { show } from "../../core/problem.ts";
import { criticalPath } from "../../render/critical-path.ts";
import type { RunRecord, TaskRecord } from "../../render/record.ts";
import { failWords, skipWords } from "../../render/words.ts";
import type { LogTail } from "./log-tail.ts";

/** What the script of the page gets. Times are in milliseconds since the run began. */
export interface ReportData {
  readonly took: number;
  readonly tasks: readonly ReportTask[];
  readonly findings: readonly ReportFinding[];
  readonly logs: readonly ReportLog[];
}

export interface ReportTask {
  readonly id: string;
  readonly summary: string;
  readonly status: "passed" | "failed" | "skipped" | "cancelled" | "idle";
  /** Why it did not pass, or what it did. */
  readonly words: string;
  /** When it could have begun, began and ended; undefined where it did not run. */
  readonly ready?: number;
  readonly from?: number;
  readonly to?: number;
  readonly attempts: number;
  readonly findings: number;
  readonly isCritical: boolean;
  readonly hasLog: boolean;
  readonly problems: readonly { readonly text: string; readonly hint?: string; readonly detail?: string }[];
}

export interface ReportFinding {
  readonly severity: Finding["severity"];
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly tool: string;
  readonly rule: string;
  readonly message: string;
  readonly url?: string;
  readonly fixable?: true;
  readonly advice?: true;
  /** The line that it speaks of. */
  readonly source?: string;
}

export interface ReportLog {
  readonly id: string;
  readonly text: string;
  /** How many characters stood before it. */
  readonly dropped: number;
}

/** In characters: a line of a minified file says nothing. */
const longestSource = 200;
/** All logs together, in characters: a page that large opens still. */
const allLogs = 16 * 1024 * 1024;

export function reportData(
  record: RunRecord,
  logs: ReadonlyMap<string, LogTail>,
  readSource: (path: string) => string | undefined
): ReportData {
  const ran = [...record.tasks.values()].flatMap(({ row, startedAt, finishedAt }) =>
    finishedAt === undefined || (startedAt === undefined && !row.group)
      ? []
      : [{ row, from: startedAt ?? finishedAt, to: finishedAt }]
  );
  const critical = new Set<string>(criticalPath(ran));
  const own = record.own();
  const lines = new Map<string, readonly string[]>();
  const lineOf = (path: string, line: number): string | undefined => {
    if (!lines.has(path)) {
      lines.set(path, readSource(path)?.split("\n") ?? []);
    }
    const text = lines.get(path)?.[line - 1]?.trimEnd();
    return text === undefined || text === "" || text.length > longestSource ? undefined : text;
  };
  return {
    took: record.at,
    tasks: own.map((task) => taskData(task, record, critical, logs.has(task.row.id))),
    findings: record.findings().map((finding) => findingData(finding, lineOf)),
    logs: withinLimit(own, logs),
  };
}

function taskData(task: TaskRecord, record: RunRecord, critical: ReadonlySet<string>, hasLog: boolean): ReportTask {
  const { row, outcome, startedAt, finishedAt, attempt, findings } = task;
  const { needs, after = [] } = row;
  const ready = Math.max(0, ...[...needs, ...after].map((id) => record.tasks.get(id)?.finishedAt ?? 0));
  const isIdle = outcome?.status === "skipped" && outcome.reason.kind === "nothing-to-do";
  const times = startedAt === undefined || finishedAt === undefined ? {} : { ready, from: startedAt, to: finishedAt };
  return {
    id: row.id,
    summary: row.summary,
    status: isIdle ? "idle" : (outcome?.status ?? "cancelled"),
    words: wordsOf(task),
    ...times,
    attempts: attempt,
    findings: findings.length,
    isCritical: critical.has(row.id),
    hasLog,
    problems:
      outcome?.status === "failed"
        ? outcome.problems.map((problem) => {
            const { message, hint, detail } = show(problem);
            return {
              text: message,
              ...(hint === undefined ? {} : { hint }),
              ...(detail === undefined ? {} : { detail }),
            };
          })
        : [],
  };
}

function wordsOf({ row, outcome }: TaskRecord): string {
  switch (outcome?.status) {
    case "passed":
      return outcome.note ?? "";
    case "failed":
      return [failWords(row.id, outcome), outcome.note ?? ""].filter((part) => part !== "").join(", ");
    case "skipped":
      return skipWords(outcome.reason);
    default:
      return "";
  }
}

function findingData(finding: Finding, lineOf: (path: string, line: number) => string | undefined): ReportFinding {
  const { severity, path, line, column, tool, rule, message, url, fix, mild, secret } = finding;
  const source = secret === true ? undefined : lineOf(path, line);
  return {
    severity,
    path,
    line,
    column,
    tool,
    rule,
    message,
    ...(url === undefined ? {} : { url }),
    ...(fix?.safe === true ? { fixable: true as const } : {}),
    ...(mild === true && severity === "info" ? { advice: true as const } : {}),
    ...(source === undefined ? {} : { source }),
  };
}

/** Those of failed tasks first; where there is no room for one, it says so. */
function withinLimit(tasks: readonly TaskRecord[], logs: ReadonlyMap<string, LogTail>): readonly ReportLog[] {
  const failedFirst = tasks.toSorted((a, b) => rank(a) - rank(b));
  let room = allLogs;
  return failedFirst.flatMap(({ row }) => {
    const log = logs.get(row.id)?.end();
    if (log === undefined) {
      return [];
    }
    const fits = log.text.length <= room;
    room -= fits ? log.text.length : 0;
    return [fits ? { id: row.id, ...log } : { id: row.id, text: "", dropped: log.dropped + log.text.length }];
  });
}

function rank({ outcome }: TaskRecord): number {
  return outcome?.status === "failed" ? 0 : 1;
}
