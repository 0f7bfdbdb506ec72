import type { Finding } from "../core/finding.ts";
import type { FileKind } from "../core/file-kind.ts";
import type { FormatRequest } from "../core/lint.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { Tool } from "../core/tool.ts";
import type { FoundTool } from "../host/find-tool.ts";
import { applyChanges } from "./apply.ts";
import { filesFor, planCalls } from "./calls.ts";
import { showDiff } from "./diff.ts";
import { nothingKnown, openAnswers, type Recalled, unclean } from "./kept/answers.ts";
import { prepareRecipe } from "./kept/recipe.ts";
import { type Selection, WholeRuns } from "./kept/whole-run.ts";
import { countOf, countText, fromCache, inFileOrder, nothingToDo, resultOf } from "./result.ts";
import { configOf, resolveTool } from "./resolve.ts";
import { type Change, rewriteFiles } from "./rewrite.ts";
import type { LintSession } from "./session.ts";
import type { TargetGroup } from "./targets.ts";
import type { ToolCall } from "./tool-call.ts";
import type { TaskIo } from "./task-io.ts";

/** Formats the files of some kinds, each by the one formatter that owns its kind, or says which are not formatted. */
export async function formatFiles(request: FormatRequest, session: LintSession, io: TaskIo): Promise<TaskResult> {
  if (request.mode === "write") {
    session.willWrite();
  }
  const owners = ownersOf(request.kinds, session);
  const results: (Part | { readonly end: TaskResult })[] = await Promise.all(
    [...owners].map(([tool, kinds]) => formatWith({ ...tool, kinds }, request, session, io))
  );
  const parts = results.flatMap((result) => ("end" in result ? [] : [result]));
  const ended = results.flatMap((result) => ("end" in result ? [result.end] : []));
  if (ended.length > 0) {
    return ended.find(({ status }) => status === "failed") ?? ended[0] ?? nothingToDo("no files");
  }
  const ran = parts.filter((result) => result.status !== "skipped");
  if (ran.length === 0) {
    return parts.find(({ reason }) => reason?.kind !== "nothing-to-do")?.result ?? session.noFiles(request);
  }
  const problems = ran.flatMap(({ problems: own }) => own);
  const failing = ran.reduce((sum, result) => sum + result.failing, 0);
  const missing = parts.flatMap(({ reason }) =>
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
  request: FormatRequest,
  session: LintSession,
  io: TaskIo
): Promise<Part | { readonly end: TaskResult }> {
  const { exclude } = session.options.config.format;
  const selection: Selection = { tool, exclude, match: "alone" };
  const isCheck = request.mode === "check" && !request.diff;
  const opening = isCheck ? WholeRuns.of(session, request) : undefined;
  prepareRecipe(tool, session);
  const wholes = await opening;
  const counted = wholes?.count(selection);
  if (counted === 0) {
    return noFiles;
  }
  const ready = counted === undefined ? undefined : await getReady(tool, request, session);
  if (ready !== undefined && "status" in ready) {
    return ready;
  }
  const key = ready === undefined ? undefined : await wholes?.key(selection, ready.found, "format", ready.configPath);
  const run = key === undefined ? undefined : wholes?.run(key);
  if (ready !== undefined && run !== undefined) {
    session.ran(ready.found);
    for (const finding of run.findings) {
      io.report(finding);
    }
    return partOf(run.findings.length, [], tool, ready, [countText(run.count), fromCache(run.count, run.count)]);
  }

  const targets = await session.targetsOrEnd(request);
  if ("end" in targets) {
    return targets;
  }
  const groups = filesFor(tool, targets, session, exclude, { match: "alone", shard: request.shard });
  const count = countOf(groups);
  wholes?.keepCount(selection, count);
  if (count === 0) {
    return noFiles;
  }
  const now = ready ?? (await getReady(tool, request, session));
  if ("status" in now) {
    return now;
  }
  session.ran(now.found);
  const own = key ?? (await wholes?.key(selection, now.found, "format", now.configPath));
  const answers = await openAnswers(now.found, "format", now.configPath, session);
  const recalled =
    answers === undefined ? nothingKnown(groups) : await answers.recall(groups, request.shard === undefined);
  const open = isCheck ? recalled.groups : unclean(groups, recalled);
  const known = count - countOf(open);
  const problems: Problem[] = [...session.unsaid(targets.problems)];
  const made = await callAll(open, recalled, request, now, problems, session, io);
  const findings = inFileOrder([...(isCheck ? recalled.findings : []), ...made.findings], groups);
  if (isCheck && problems.length === 0 && !io.signal.aborted && recalled.stands()) {
    await recalled.keepAll(made.findings);
    if (own !== undefined) {
      wholes?.keep(own, { count, findings });
    }
  }
  for (const finding of findings) {
    io.report(finding);
  }
  const written = request.mode === "write" ? `${made.rewritten} rewritten` : "";
  return partOf(findings.length, problems, tool, now, [countText(count), written, fromCache(known, count)]);
}

const noFiles = skipped({ status: "skipped", reason: { kind: "nothing-to-do", why: "no files" } });

function partOf(
  failing: number,
  problems: readonly Problem[],
  tool: Tool,
  { note }: Pick<Ready, "note">,
  about: readonly string[]
): Part {
  const by = note === undefined ? tool.name : `${tool.name} ${note}`;
  return { status: "ran", failing, problems, note: `${by}: ${about.filter((part) => part !== "").join(", ")}` };
}

interface Ready {
  readonly found: FoundTool;
  readonly note: string | undefined;
  readonly configPath: string | undefined;
}

async function getReady(tool: Tool, request: FormatRequest, session: LintSession): Promise<Ready | Part> {
  const failed = (problem: Problem): Part => ({ status: "ran", failing: 0, problems: [problem], note: tool.name });
  const resolved = await resolveTool(tool, session, request.strict);
  if (!resolved.ok) {
    return "skip" in resolved ? skipped({ status: "skipped", reason: resolved.skip }) : failed(resolved.problem);
  }
  const config = configOf(resolved.found.tool, session);
  return "problem" in config
    ? failed(config.problem)
    : { found: resolved.found, note: resolved.note, configPath: config.path };
}

interface Made {
  readonly findings: readonly Finding[];
  readonly rewritten: number;
}

/** Has the formatter look at files; writes what it makes of them where that is asked for. */
async function callAll(
  groups: readonly TargetGroup[],
  recalled: Recalled,
  request: FormatRequest,
  { found, configPath }: Ready,
  problems: Problem[],
  session: LintSession,
  io: TaskIo
): Promise<Made> {
  const calls = planCalls(found, groups, session, { configPath, signal: io.signal, shard: request.shard });
  const total = countOf(groups);
  const perCall: (readonly Finding[])[] = [];
  let rewritten = 0;
  let done = 0;
  await io.spread(calls, async (call, index) => {
    const result = await rewriteFiles(session.options.spawner, call, "format");
    problems.push(...result.problems);
    const findings = [...result.findings, ...result.changes.map((change) => unformatted(change, found.tool))];
    if (result.problems.length === 0 && !io.signal.aborted) {
      recalled.keep(call.base, call.files, findings);
    }
    perCall[index] = request.mode === "write" ? result.findings : findings;
    const written = await write(result.changes, call, request, problems, io);
    rewritten += written;
    done += call.files.length;
    io.progress({ done, total });
  });
  return { findings: perCall.flat(), rewritten };
}

/** Writes changes where that is asked for, and shows them where that is; returns how many files were written. */
async function write(
  changes: readonly Change[],
  call: ToolCall,
  { mode, diff }: FormatRequest,
  problems: Problem[],
  io: TaskIo
): Promise<number> {
  let written = 0;
  if (mode === "write" && call.isCopy && changes.length > 0) {
    const paths = changes.map(({ path }) => path).join(", ");
    io.log(`not written, since they are edited beyond what is staged: ${paths}`);
  } else if (mode === "write" && !io.signal.aborted) {
    written = await applyChanges(changes, call.base, problems);
  }
  if (diff) {
    for (const change of changes) {
      io.log(await showDiff(change));
    }
  }
  return written;
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
