import type { Finding } from "../core/finding.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import type { Tool } from "../core/tool.ts";
import { readRegularFile } from "../host/inspect.ts";
import { filesFor, planCalls } from "../lint/calls.ts";
import type { FileEntry } from "../lint/classify.ts";
import { fixFile, type NativeOptions } from "../lint/native/index.ts";
import { configOf, resolveTool } from "../lint/resolve.ts";
import { type Change, rewriteFiles } from "../lint/rewrite.ts";
import type { TargetGroup } from "../lint/targets.ts";
import type { TaskIo } from "../lint/task-io.ts";
import { toolNamed } from "../tools/index.ts";
import type { FixStage } from "./fix-stage.ts";
import { groupsOf, type HookRun } from "./hook-run.ts";
import { checkWithJob, kindsOf } from "./check-job.ts";
import { runCommand } from "./run-command.ts";
import type { SelectedJob } from "./selection.ts";

/**
 * Checks first and mends only files that fail, in copies; then those are checked again, and what is left is told. A
 * formatter needs no check of its own: a file that it would not change passes.
 */
export async function mendWithJob(
  selected: SelectedJob,
  context: TaskContext,
  io: TaskIo,
  run: HookRun
): Promise<TaskResult> {
  const { fixes } = run;
  const { job } = selected;
  if (fixes === undefined) {
    return checkWithJob(selected, context, io, run);
  }
  if ("format" in job) {
    const owners = Map.groupBy(kindsOf(job, run), (kind) => run.config.format.owners[kind] ?? "none");
    const tools = [...owners].flatMap(([name, kinds]) => (name === "none" ? [] : [{ ...toolNamed(name), kinds }]));
    for (const tool of tools) {
      await mendWithTool(tool, "format", await groupsOf({ ...selected, wholeProject: false }, run), fixes, run, io);
    }
    return checkWithJob(selected, context, io, run);
  }
  const first: Finding[] = [];
  const before = await checkWithJob(selected, context, { ...io, report: (finding) => void first.push(finding) }, run);
  const failing = failingEntries(selected, first, before);
  if (before.status !== "failed" || failing.length === 0) {
    for (const finding of first) {
      io.report(finding);
    }
    return before;
  }
  await mendEntries(selected, failing, context, io, run, fixes);
  const mended = new Set(failing.map(({ path }) => path));
  for (const finding of first) {
    if (!mended.has(finding.path)) {
      io.report(finding);
    }
  }
  const after = await checkWithJob({ ...selected, entries: failing }, context, io, run);
  return after.status === "failed"
    ? after
    : { status: "passed", note: `${failing.length} of ${selected.entries.length} files mended` };
}

/** A command names no places: all of its files may be meant. */
function failingEntries(
  { job, entries }: SelectedJob,
  findings: readonly Finding[],
  result: TaskResult
): readonly FileEntry[] {
  if (result.status !== "failed") {
    return [];
  }
  if ("command" in job) {
    return entries;
  }
  const paths = new Set(findings.filter(({ mild }) => mild !== true).map(({ path }) => path));
  return entries.filter(({ path }) => paths.has(path));
}

async function mendEntries(
  selected: SelectedJob,
  failing: readonly FileEntry[],
  context: TaskContext,
  io: TaskIo,
  run: HookRun,
  fixes: FixStage
): Promise<void> {
  const { job } = selected;
  const groups = await groupsOf({ ...selected, entries: failing, wholeProject: false }, run);
  if ("tool" in job) {
    await mendWithTool(toolNamed(job.tool), "fix", groups, fixes, run, io);
  } else if ("native" in job) {
    await fixes.take(nativeChanges(groups, run), failing);
  } else if ("command" in job && job.mend !== undefined) {
    await fixes.copy(failing);
    await runCommand(job, job.mend, fixes.overlay(groups), context, run);
  }
}

async function mendWithTool(
  tool: Tool,
  how: "fix" | "format",
  groups: readonly TargetGroup[],
  fixes: FixStage,
  { session: open, config }: HookRun,
  io: TaskIo
): Promise<void> {
  const session = await open();
  const exclude = how === "fix" ? config.lint.exclude : config.format.exclude;
  const own = filesFor(tool, { groups, problems: [], notices: [], dispose: async () => {} }, session, exclude);
  const resolved = await resolveTool(tool, session, undefined);
  // The check says why the tool is not to be had.
  if (!resolved.ok || own.length === 0) {
    return;
  }
  const settings = configOf(resolved.found.tool, session);
  if ("problem" in settings) {
    return;
  }
  const calls = planCalls(resolved.found, own, session, { configPath: settings.path, signal: io.signal });
  const entries = own.flatMap((group) => group.entries);
  for (const call of calls) {
    if (io.signal.aborted) {
      return;
    }
    const { changes } = await rewriteFiles(session.options.spawner, call, how);
    await fixes.take(changes, entries);
  }
}

function nativeChanges(groups: readonly TargetGroup[], { config }: HookRun): readonly Change[] {
  const options: NativeOptions = { maxBytes: config.checks.max_file_size, disabled: config.checks.disable };
  return groups.flatMap(({ base, entries }) =>
    entries.flatMap((entry): readonly Change[] => {
      if (entry.mode === "symlink" || entry.binary || entry.generated) {
        return [];
      }
      const before = readRegularFile(`${base}/${entry.path}`);
      const after = fixFile(entry, before, options);
      return after === undefined ? [] : [{ path: entry.path, before, after }];
    })
  );
}
