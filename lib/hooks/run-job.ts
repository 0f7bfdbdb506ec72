import type { Finding } from "../core/finding.ts";
import { type Problem, show } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import type { TaskIo } from "../lint/task-io.ts";
import { checkWithJob } from "./check-job.ts";
import type { HookRun } from "./hook-run.ts";
import type { SelectedJob } from "./selection.ts";

/** Carries out one job; what went wrong comes with the commands that show it again and that mend it. */
export async function runJob(selected: SelectedJob, context: TaskContext, run: HookRun): Promise<TaskResult> {
  const findings: Finding[] = [];
  const io = recording(run.io(context), findings);
  const work = selected.fix ? (await import("./mend.ts")).mendWithJob : checkWithJob;
  const result = await work(selected, context, io, run);
  for (const finding of findings) {
    context.report(finding);
  }
  if (result.status !== "failed") {
    return result;
  }
  return {
    ...result,
    problems: [
      ...result.problems.filter(({ kind }) => kind !== "findings"),
      failure(selected, findings, result.problems, run),
    ],
  };
}

/** Findings are told when a job is over: what it mends is no news. */
function recording(io: TaskIo, findings: Finding[]): TaskIo {
  return { ...io, report: (finding) => void findings.push(finding) };
}

function failure(
  selected: SelectedJob,
  findings: readonly Finding[],
  problems: readonly Problem[],
  run: HookRun
): Problem {
  const { name, job } = selected;
  const failing = findings.filter(({ mild }) => mild !== true);
  const mend = mendCommand(selected, failing, run);
  const advice = typeof job.advice === "function" ? job.advice({ commit: run.config.commit }) : job.advice;
  return {
    kind: "job-failed",
    job: name,
    why: whyOf(failing, problems),
    again: run.again(`--job ${name}`),
    ...(mend === undefined ? {} : { mend }),
    ...(advice === undefined ? {} : { advice }),
  };
}

function whyOf(failing: readonly Finding[], problems: readonly Problem[]): string {
  if (failing.length > 0) {
    return `${failing.length} ${failing.length === 1 ? "finding" : "findings"}`;
  }
  const first = problems.find(({ kind }) => kind !== "findings");
  return first === undefined ? "it says no more" : show(first).message;
}

/** What mends the failure without a person; undefined where only a person can. */
function mendCommand(
  { name, job, canMend }: SelectedJob,
  failing: readonly Finding[],
  run: HookRun
): string | undefined {
  // The message is not lost: git keeps it until the next commit.
  if (run.hook.name === "commit-msg") {
    return `git commit --edit --file=${run.given.args[0] ?? ""}`;
  }
  if (!canMend || (!("command" in job) && !failing.some(({ fix }) => fix?.safe === true))) {
    return undefined;
  }
  if (run.hook.looksAt === "staged") {
    return run.again(`--fix --job ${name}`);
  }
  const paths = [...new Set(failing.map(({ path }) => path))];
  const some = paths.length > 5 ? "" : ` ${paths.join(" ")}`;
  if ("tool" in job) {
    return `k lint --fix --tool ${job.tool}${some}`;
  }
  return "format" in job ? `k format${some}` : undefined;
}
