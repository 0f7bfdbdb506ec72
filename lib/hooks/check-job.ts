import type { FormatJob, Job, JobContext, JobFile } from "../core/hook.ts";
import type { FormatRequest, LintRequest } from "../core/lint.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { readGit } from "../git/git.ts";
import type { TargetGroup } from "../lint/targets.ts";
import type { TaskIo } from "../lint/task-io.ts";
import { groupsOf, type HookRun } from "./hook-run.ts";
import type { SelectedJob } from "./selection.ts";

/** The job over its files as they are now, writing nothing. */
export async function checkWithJob(
  selected: SelectedJob,
  context: TaskContext,
  io: TaskIo,
  run: HookRun
): Promise<TaskResult> {
  const { job } = selected;
  if ("tool" in job && run.hook.looksAt === "message") {
    const { lintMessage } = await import("./lint-message.ts");
    return lintMessage(job.tool, io, run);
  }
  if ("task" in job) {
    return run.runTask(job, await wholeFolder(selected, run), context);
  }
  const groups = await groupsOf(selected, run);
  if ("command" in job) {
    const { runCommand } = await import("./run-command.ts");
    return runCommand(job, job.command, groups, context, run);
  }
  if ("check" in job) {
    return callCheck(selected, groups, context, io, run);
  }
  return checkGroups(job, groups, io, run);
}

async function wholeFolder(selected: SelectedJob, run: HookRun): Promise<string> {
  const [group] = await groupsOf({ ...selected, wholeProject: true }, run);
  return group?.base ?? run.root;
}

const lintRequest: LintRequest = {
  paths: [],
  staged: true,
  since: undefined,
  fix: false,
  new: false,
  tools: [],
  strict: undefined,
};

/** A job of the lint runner over these very files. Each part of the runner loads when it is used: a hook has no time to lose. */
export async function checkGroups(
  job: Extract<Job, { tool: string } | { format: unknown } | { native: true }>,
  groups: readonly TargetGroup[],
  io: TaskIo,
  run: HookRun
): Promise<TaskResult> {
  const targets = { groups, problems: [], notices: [], dispose: async () => {} };
  const session = (await run.session()).over(targets, () => run.content.allPaths());
  if ("tool" in job) {
    const [{ lintWithTool }, { toolNamed }] = await Promise.all([
      import("../lint/lint-tool.ts"),
      import("../tools/index.ts"),
    ]);
    return lintWithTool(toolNamed(job.tool), lintRequest, session, io);
  }
  if ("native" in job) {
    const { lintNatively } = await import("../lint/lint-natively.ts");
    return lintNatively(lintRequest, session, io);
  }
  const { formatFiles } = await import("../lint/format-files.ts");
  const request: FormatRequest = { ...lintRequest, kinds: kindsOf(job, run), mode: "check", diff: false };
  return formatFiles(request, session, io);
}

/** The kinds that a format job is about here: those of its owner, where it names one. */
export function kindsOf({ format, owner }: FormatJob, { config }: Pick<HookRun, "config">): FormatJob["format"] {
  return format.filter((kind) => owner === undefined || config.format.owners[kind] === owner);
}

async function callCheck(
  selected: SelectedJob,
  groups: readonly TargetGroup[],
  context: TaskContext,
  io: TaskIo,
  run: HookRun
): Promise<TaskResult> {
  const { job, name } = selected;
  if (!("check" in job)) {
    throw new Error(`${name} has no check`);
  }
  let failing = 0;
  const { given, hook, config, root, git } = run;
  const { home, env, signal, log, print, exec } = context;
  const files = groups.flatMap(({ base, entries }) =>
    entries.map(({ path, kind }): JobFile => ({ path, kind, absolute: `${base}/${path}` }))
  );
  const jobContext: JobContext = {
    hook: hook.name,
    job: name,
    args: given.args,
    stdin: given.stdin,
    message: given.message?.kept ?? "",
    pushed: given.pushed,
    files,
    root,
    home,
    env,
    signal,
    log,
    print,
    exec,
    config: { commit: config.commit },
    report(finding) {
      if (finding.mild !== true) {
        failing += 1;
      }
      io.report(finding);
    },
    git: async (...args) => new TextDecoder().decode(await readGit(args, { ...git, cwd: root })),
  };
  const answer: unknown = await job.check(jobContext);
  const result: TaskResult = isTaskResult(answer) ? answer : { status: "passed" };
  if (result.status === "failed" || failing === 0) {
    return result;
  }
  return { status: "failed", problems: [{ kind: "findings", id: context.id, count: failing }] };
}

/** What a hook file's function resolves with is not known to be of any type. */
function isTaskResult(answer: unknown): answer is TaskResult {
  return (
    typeof answer === "object" &&
    answer !== null &&
    "status" in answer &&
    ["passed", "failed", "skipped"].includes(String(answer.status))
  );
}
