import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { bunProgram } from "../host/bun.ts";

/** Runs the benchmarks in a process of their own, which nothing else of `k` can slow down, and clears up behind them. */
export async function runBench(
  suites: readonly string[],
  quick: boolean,
  { exec, home }: Pick<TaskContext, "exec" | "home">
): Promise<TaskResult> {
  const { program, env } = bunProgram();
  // Here and not there: a benchmark that is stopped has no time to take its repositories away.
  const folder = await mkdtemp(join(tmpdir(), "k-bench-"));
  try {
    const argv = [
      program,
      "--no-env-file",
      join(home, "bench/main.ts"),
      ...(quick ? ["--quick"] : []),
      ...suites,
    ] as const;
    const ran = await exec(argv, { cwd: home, env: { ...env, TMPDIR: folder } });
    if (ran.exitCode === 0) {
      return { status: "passed" };
    }
    const what = `the benchmarks ended with ${ran.exitCode}`;
    return { status: "failed", problems: [{ kind: "refused", what, hint: "what they printed above says why" }] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
