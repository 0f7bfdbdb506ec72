import type { Finding } from "../core/finding.ts";
import type { FileKind } from "../core/file-kind.ts";
import type { FormatRequest } from "../core/lint.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { Tool } from "../core/tool.ts";
import { applyChanges } from "./apply.ts";
import { filesFor, planCalls } from "./calls.ts";
import { showDiff } from "./diff.ts";
import { nothingToDo, resultOf } from "./result.ts";
import { configOf, resolveTool } from "./resolve.ts";
import { type Change, rewriteFiles, type Rewritten } from "./rewrite.ts";
import type { LintSession } from "./session.ts";
import type { Targets } from "./targets.ts";
import type { TaskIo } from "./task-io.ts";

/** Formats the files of some kinds, each by the one formatter that owns its kind, or says which are not formatted. */
export async function formatFiles(request: FormatRequest, session: LintSession, io: TaskIo): Promise<TaskResult> {
  const targets = await session.targetsOrEnd(request);
  if ("end" in targets) {
    return targets.end;
  }
  const owners = ownersOf(request.kinds, session);
  const results = await Promise.all(
    [...owners].map(([tool, kinds]) => formatWith({ ...tool, kinds }, targets, request, session, io))
  );
  const ran = results.filter((result) => result.status !== "skipped");
  if (ran.length === 0) {
    return results.find(({ reason }) => reason?.kind !== "nothing-to-do")?.result ?? nothingToDo("no files");
  }
  const problems = ran.flatMap(({ problems: own }) => own);
  const failing = ran.reduce((sum, result) => sum + result.failing, 0);
  const missing = results.flatMap(({ reason }) =>
    reason?.kind === "tool-missing" ? [`${reason.tool} is not here`] : []
  );
  const note = [...ran.map((result) => result.note), ...missing].join(", ");
  return resultOf(io.id, failing, problems, note);
}

/** Each formatter with the kinds that are its own here. */
function ownersOf(kinds: readonly FileKind[], session: LintSession): ReadonlyMap<Tool, readonly FileKind[]> {
  const { config, tools } = session.options;
  const owners = new Map<Tool, FileKind[]>();
  for (const kind of kinds) {
    const tool = tools.get(config.format.owners[kind] ?? "");
    if (tool === undefined) {
      continue;
    }
    owners.set(tool, [...(owners.get(tool) ?? []), kind]);
  }
  return owners;
}

type Part =
  | {
      readonly status: "ran";
      readonly failing: number;
      readonly problems: readonly Problem[];
      readonly note: string;
      readonly reason?: undefined;
      readonly result?: undefined;
    }
  | {
      readonly status: "skipped";
      readonly result: TaskResult;
      readonly reason: (TaskResult & { status: "skipped" })["reason"];
    };

function skipped(result: TaskResult & { status: "skipped" }): Part {
  return { status: "skipped", result, reason: result.reason };
}

async function formatWith(
  tool: Tool,
  targets: Targets,
  request: FormatRequest,
  session: LintSession,
  io: TaskIo
): Promise<Part> {
  const groups = filesFor(tool, targets, session, session.options.config.format.exclude, "alone");
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  if (count === 0) {
    return skipped({ status: "skipped", reason: { kind: "nothing-to-do", why: "no files" } });
  }
  const failed = (problem: Problem): Part => ({ status: "ran", failing: 0, problems: [problem], note: tool.name });
  const resolved = await resolveTool(tool, session, request.strict);
  if (!resolved.ok) {
    return "skip" in resolved ? skipped({ status: "skipped", reason: resolved.skip }) : failed(resolved.problem);
  }
  session.ran(resolved.found);
  const config = configOf(resolved.found.tool, session);
  if ("problem" in config) {
    return failed(config.problem);
  }

  const calls = planCalls(resolved.found, groups, session, { configPath: config.path, signal: io.signal });
  const problems: Problem[] = [...session.unsaid(targets.problems)];
  let failing = 0;
  let rewritten = 0;
  let done = 0;
  await io.spread(calls, async (call) => {
    const result = await rewriteFiles(session.options.spawner, call, "format");
    problems.push(...result.problems);
    failing += reportAll(result, request, resolved.found.tool, io);
    if (request.mode === "write" && call.isCopy && result.changes.length > 0) {
      io.log(
        `not written, since they are edited beyond what is staged: ${result.changes.map(({ path }) => path).join(", ")}`
      );
    } else if (request.mode === "write" && !io.signal.aborted) {
      const written = await applyChanges(result.changes, call.base, problems);
      rewritten += written;
    }
    if (request.diff) {
      for (const change of result.changes) {
        io.log(await showDiff(change));
      }
    }
    done += call.files.length;
    io.progress({ done, total: count });
  });
  const by = [tool.name, resolved.note].filter((part) => part !== undefined).join(" ");
  const changed = request.mode === "write" ? `, ${rewritten} rewritten` : "";
  return { status: "ran", failing, problems, note: `${by}: ${count} ${count === 1 ? "file" : "files"}${changed}` };
}

/** Reports what fails: files that cannot be parsed and, where nothing is written, files that would change. */
function reportAll({ changes, findings }: Rewritten, request: FormatRequest, tool: Tool, io: TaskIo): number {
  for (const finding of findings) {
    io.report(finding);
  }
  if (request.mode === "write") {
    return findings.length;
  }
  for (const change of changes) {
    io.report(unformatted(change, tool));
  }
  return findings.length + changes.length;
}

function unformatted({ path, before, after }: Change, tool: Tool): Finding {
  return {
    tool: tool.name,
    rule: "format",
    severity: "error",
    path,
    line: firstDifference(before, after),
    column: 1,
    message: `not formatted as ${tool.name} does it: \`k format ${path}\` writes it`,
    fix: { safe: true },
  };
}

/** The first line, counted from 1, that is not the same in both. */
export function firstDifference(before: Uint8Array, after: Uint8Array): number {
  let line = 1;
  for (let index = 0; index < Math.min(before.length, after.length); index += 1) {
    if (before[index] !== after[index]) {
      break;
    }
    if (before[index] === 10) {
      line += 1;
    }
  }
  return line;
}
