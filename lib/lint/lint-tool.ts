import type { Finding, Severity } from "../core/finding.ts";
import type { LintRequest } from "../core/lint.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { Tool } from "../core/tool.ts";
import { isChanged } from "../git/changed-lines.ts";
import type { FoundTool } from "../host/find-tool.ts";
import { applyChanges } from "./apply.ts";
import { filesFor, planCalls } from "./calls.ts";
import { type Answers, nothingKnown, openAnswers, type Recalled, unclean } from "./kept/answers.ts";
import { prepareRecipe } from "./kept/recipe.ts";
import { type Selection, WholeRuns } from "./kept/whole-run.ts";
import { configOf, resolveTool } from "./resolve.ts";
import { countOf, countText, fromCache, inFileOrder, nothingToDo, reportAll, resultOf } from "./result.ts";
import { rewriteFiles } from "./rewrite.ts";
import type { LintSession } from "./session.ts";
import type { TargetGroup } from "./targets.ts";
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
  const { exclude } = session.options.config.lint;
  const selection: Selection = { tool, exclude, match: "also" };
  const opening = request.fix ? undefined : WholeRuns.of(session, request);
  prepareRecipe(tool, session);
  const wholes = await opening;
  const counted = wholes?.count(selection);
  if (counted === 0) {
    return nothingToDo("no files");
  }
  const ready = counted === undefined ? undefined : await getReady(tool, request, session);
  if (ready !== undefined && !ready.ok) {
    return ready.end;
  }
  const key = ready === undefined ? undefined : await wholes?.key(selection, ready.found, "check", ready.configPath);
  const run = key === undefined ? undefined : wholes?.run(key);
  if (ready !== undefined && run !== undefined) {
    session.ran(ready.found);
    return conclude({ ...run, known: run.count, fixed: 0, problems: [] }, request, ready, session, io);
  }

  const targets = await session.targetsOrEnd(request);
  if ("end" in targets) {
    return targets.end;
  }
  const groups = filesFor(tool, targets, session, exclude, { shard: request.shard });
  const count = countOf(groups);
  wholes?.keepCount(selection, count);
  if (count === 0) {
    return session.noFiles(request);
  }
  const now = ready ?? (await getReady(tool, request, session));
  if (!now.ok) {
    return now.end;
  }
  session.ran(now.found);
  const plan = (some: readonly TargetGroup[]): readonly ToolCall[] =>
    planCalls(now.found, some, session, { configPath: now.configPath, signal: io.signal, shard: request.shard });
  const answers = await openAnswers(now.found, "check", now.configPath, session);
  const problems: Problem[] = [...session.unsaid(targets.problems)];
  let recalled = await recall(answers, groups, request);
  let calls = plan(recalled.groups);
  if (calls.length === 0 && recalled.known === 0) {
    return nothingToDo(`no ${tool.roots?.join(" or ")}${request.shard === undefined ? "" : " in this shard"}`);
  }
  // Before the tool runs: what it may look at beside its files must be as it was then.
  const own = key ?? (await wholes?.key(selection, now.found, "check", now.configPath));
  let fixed = 0;
  if (request.fix) {
    session.willWrite();
    fixed = await fix(plan(unclean(groups, recalled)), session, io, problems);
    recalled = await recall(answers, groups, request);
    calls = plan(recalled.groups);
  }
  const found = await check(calls, recalled, session, io, problems);
  const findings = inFileOrder([...recalled.findings, ...found], groups);
  const isSound = problems.length === 0 && !io.signal.aborted;
  if (isSound && !request.fix && recalled.stands()) {
    await recalled.keepAll(found);
    if (own !== undefined) {
      wholes?.keep(own, { count, findings });
    }
  }
  return conclude({ count, findings, known: recalled.known, fixed, problems }, request, now, session, io);
}

interface Ready {
  readonly ok: true;
  readonly found: FoundTool;
  readonly note: string | undefined;
  readonly configPath: string | undefined;
}

/** The tool and its config, or how the task ends without them. */
async function getReady(
  tool: Tool,
  request: LintRequest,
  session: LintSession
): Promise<Ready | { readonly ok: false; readonly end: TaskResult }> {
  const resolved = await resolveTool(tool, session, request.strict);
  if (!resolved.ok) {
    const end: TaskResult =
      "skip" in resolved
        ? { status: "skipped", reason: resolved.skip }
        : { status: "failed", problems: [resolved.problem] };
    return { ok: false, end };
  }
  const config = configOf(resolved.found.tool, session);
  return "problem" in config
    ? { ok: false, end: { status: "failed", problems: [config.problem] } }
    : { ok: true, found: resolved.found, note: resolved.note, configPath: config.path };
}

interface Concluded {
  readonly count: number;
  readonly findings: readonly Finding[];
  /** Of how many of the files the answer was known. */
  readonly known: number;
  readonly fixed: number;
  readonly problems: readonly Problem[];
}

/** Reports what was found, and how it came about. */
async function conclude(
  { count, findings, known, fixed, problems }: Concluded,
  request: LintRequest,
  { found, note }: Ready,
  session: LintSession,
  io: TaskIo
): Promise<TaskResult> {
  const shown = request.new ? await onlyChanged(findings, request, session) : findings;
  const failing = reportAll(shown, failBar(found.tool, session), io);
  const parts = [countText(count), fixed > 0 ? `${fixed} fixed` : "", note ?? "", fromCache(known, count)];
  return resultOf(io.id, failing, problems, parts.filter((part) => part !== "").join(", "));
}

/** What is known already. A tool that looks around is asked as a whole only where it is given the whole. */
async function recall(
  answers: Answers | undefined,
  groups: readonly TargetGroup[],
  request: LintRequest
): Promise<Recalled> {
  return answers === undefined
    ? nothingKnown(groups)
    : answers.recall(groups, request.shard === undefined && !request.fix);
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
  recalled: Recalled,
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
    if (result.problems.length === 0 && !io.signal.aborted) {
      recalled.keep(call.base, call.files, result.findings);
    }
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
