import type { Finding, Severity } from "../core/finding.ts";
import type { LintRequest } from "../core/lint.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { Tool } from "../core/tool.ts";
import { isChanged } from "../git/changed-lines.ts";
import { applyChanges } from "./apply.ts";
import { filesFor, planCalls } from "./calls.ts";
import { configOf, resolveTool } from "./resolve.ts";
import { nothingToDo, reportAll, resultOf } from "./result.ts";
import { rewriteFiles } from "./rewrite.ts";
import type { LintSession } from "./session.ts";
import type { TaskIo } from "./task-io.ts";
import { checkFiles, type ToolCall } from "./tool-call.ts";

/** One tool over all files of the request that are its own. */
export async function lintWithTool(
  tool: Tool,
  request: LintRequest,
  session: LintSession,
  io: TaskIo
): Promise<TaskResult> {
  const off = turnedOff(tool, request, session);
  if (off !== undefined) {
    return off;
  }
  const targets = await session.targetsOrEnd(request);
  if ("end" in targets) {
    return targets.end;
  }
  const groups = filesFor(tool, targets, session, session.options.config.lint.exclude);
  const count = groups.reduce((sum, { entries }) => sum + entries.length, 0);
  if (count === 0) {
    return nothingToDo("no files");
  }
  const resolved = await resolveTool(tool, session, request.strict);
  if (!resolved.ok) {
    return "skip" in resolved
      ? { status: "skipped", reason: resolved.skip }
      : { status: "failed", problems: [resolved.problem] };
  }
  session.ran(resolved.found);
  const config = configOf(resolved.found.tool, session);
  if ("problem" in config) {
    return { status: "failed", problems: [config.problem] };
  }
  const calls = planCalls(resolved.found, groups, session, { configPath: config.path, signal: io.signal });
  if (calls.length === 0) {
    return nothingToDo(`no ${tool.roots?.join(" or ")}`);
  }

  const problems: Problem[] = [...session.unsaid(targets.problems)];
  const fixed = request.fix ? await fix(calls, session, io, problems) : 0;
  const findings = await check(calls, session, io, problems);
  const shown = request.new ? await onlyChanged(findings, request, session) : findings;
  const bar = failBar(resolved.found.tool, session);
  const failing = reportAll(shown, bar, io);
  const note = [`${count} ${count === 1 ? "file" : "files"}`, fixed > 0 ? `${fixed} fixed` : "", resolved.note ?? ""]
    .filter((part) => part !== "")
    .join(", ");
  return resultOf(io.id, failing, problems, note);
}

/** Why a tool does not run although its task does: `--tool` before `tools.NAME.enabled` before `lint.disable`. */
function turnedOff(tool: Tool, request: LintRequest, session: LintSession): TaskResult | undefined {
  const { config } = session.options;
  if (request.tools.length > 0) {
    return request.tools.includes(tool.name) ? undefined : nothingToDo("not asked for by --tool");
  }
  const enabled = config.tools[tool.name]?.enabled;
  if (enabled === false) {
    return { status: "skipped", reason: { kind: "turned-off", where: `tools.${tool.name}.enabled` } };
  }
  if (enabled === undefined && config.lint.disable.includes(tool.name)) {
    return { status: "skipped", reason: { kind: "turned-off", where: "lint.disable" } };
  }
  return undefined;
}

function failBar(tool: Tool, session: LintSession): Severity {
  const { config } = session.options;
  const bar = config.tools[tool.name]?.fail_on ?? config.lint.fail_on;
  return bar === "tool" ? tool.failsOn : bar;
}

async function check(
  calls: readonly ToolCall[],
  session: LintSession,
  io: TaskIo,
  problems: Problem[]
): Promise<readonly Finding[]> {
  const perCall: (readonly Finding[])[] = [];
  const total = calls.reduce((sum, { files }) => sum + files.length, 0);
  let done = 0;
  await io.spread(calls, async (call, index) => {
    const result = await checkFiles(session.options.spawner, call);
    perCall[index] = result.findings;
    problems.push(...result.problems);
    done += call.files.length;
    io.progress({ done, total });
  });
  return perCall.flat();
}

/** One call after the other: each sees what the one before wrote. */
async function fix(calls: readonly ToolCall[], session: LintSession, io: TaskIo, problems: Problem[]): Promise<number> {
  let count = 0;
  for (const call of calls) {
    if (io.signal.aborted) {
      break;
    }
    if (call.isCopy) {
      io.log(
        `not fixed, since they are edited beyond what is staged: ${call.files.map(({ path }) => path).join(", ")}`
      );
      continue;
    }
    const rewritten = await rewriteFiles(session.options.spawner, call, "fix");
    problems.push(...rewritten.problems);
    count += await applyChanges(rewritten.changes, call.base, problems);
  }
  return count;
}

async function onlyChanged(
  findings: readonly Finding[],
  request: LintRequest,
  session: LintSession
): Promise<readonly Finding[]> {
  const changed = await session.changedLines(request);
  return findings.filter((finding) => isChanged(changed, finding));
}
