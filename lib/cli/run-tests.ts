import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { bunProgram } from "../host/bun.ts";

/** How long one test may take, in milliseconds: some start many processes on two busy cores. */
const testTimeout = 180_000;

/** Runs `k`'s own tests and prints `N passed, N failed` alone on the last line, from the runner's own report. */
export async function runTests(
  words: readonly string[],
  { exec, home, print }: Pick<TaskContext, "exec" | "home" | "print">
): Promise<TaskResult> {
  const { program, env } = bunProgram();
  const folder = await mkdtemp(join(tmpdir(), "k-tests-"));
  const report = join(folder, "report.xml");
  try {
    const ran = await exec(
      [
        program,
        "--no-env-file",
        "test",
        "--parallel",
        `--timeout=${testTimeout}`,
        "--reporter=junit",
        `--reporter-outfile=${report}`,
        ...words,
      ],
      { cwd: home, env: { ...env } }
    );
    const counts = countTests(await readFile(report, "utf8").catch(() => ""));
    if (counts === undefined) {
      throw new ProblemError({
        kind: "refused",
        what: `the tests left no report: bun ended with ${ran.exitCode}`,
        hint: "what it printed above says why",
      });
    }
    const skipped = counts.skipped === 0 ? "" : `${counts.skipped} skipped\n`;
    print(`${skipped}${counts.passed} passed, ${counts.failed} failed\n`);
    if (ran.exitCode === 0 && counts.failed === 0) {
      return { status: "passed" };
    }
    const why =
      counts.failed > 0
        ? `${counts.failed} ${counts.failed === 1 ? "test" : "tests"} failed`
        : `bun ended with ${ran.exitCode} although no test failed`;
    return {
      status: "failed",
      problems: [{ kind: "refused", what: why, hint: "`k test PART-OF-A-PATH` runs only some" }],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a JUnit report counts; `undefined` where it is none. */
export function countTests(
  xml: string
): { readonly passed: number; readonly failed: number; readonly skipped: number } | undefined {
  const head = /<testsuites[^>]*>/.exec(xml)?.[0];
  if (head === undefined) {
    return undefined;
  }
  const count = (name: string): number => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0);
  const failed = count("failures") + count("errors");
  const skipped = count("skipped");
  return { passed: count("tests") - failed - skipped, failed, skipped };
}
