import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import type { CompileJob } from "../build/compile.ts";
import { launcherPlace } from "../build/place.ts";
import { bunPackage, bunTarget } from "../build/targets.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { BuildCall } from "../core/services.ts";
import type { TaskContext } from "../core/task.ts";
import { bunScript } from "../host/bun.ts";
import { fileProblem } from "../host/file-problem.ts";

/** `k build`: resolves with what was built, in words. Rejects with a `ProblemError`. */
export async function buildBinary(
  call: BuildCall,
  { home, cwd, exec }: Pick<TaskContext, "home" | "cwd" | "exec">
): Promise<string> {
  const out = call.out === undefined ? launcherPlace(home) : resolve(cwd, call.out);
  const job: CompileJob = { home, out, packageHome: call.packageHome, target: targetOf(call, cwd) };
  try {
    mkdirSync(dirname(out), { recursive: true });
  } catch (error) {
    throw new ProblemError(fileProblem(dirname(out), "nothing can be built there", error));
  }
  const began = performance.now();
  const { argv, env } = bunScript(join(home, "lib/build/compile.ts"));
  // There, and not in the repository, is where Bun leaves what it was at when it is killed.
  const ran = await exec(argv, { cwd: dirname(out), env: { ...env }, stdin: JSON.stringify(job), quiet: true });
  if (ran.exitCode !== 0) {
    throw new ProblemError(...problemsOf(ran.stdout, ran.stderr));
  }
  const megabytes = Math.round(statSync(out).size / 1_000_000);
  const shown = out.startsWith(`${home}/`) ? relative(home, out) : out;
  return `${shown}, ${megabytes} MB, in ${((performance.now() - began) / 1000).toFixed(1)} s`;
}

function targetOf({ target, out, bun }: BuildCall, cwd: string): CompileJob["target"] {
  if (target === undefined) {
    return undefined;
  }
  if (bun === undefined || out === undefined) {
    throw new ProblemError({
      kind: "wrong-use",
      message: `a k for ${target} needs ${bun === undefined ? "the Bun of that platform: --bun FILE" : "a place of its own: --out FILE"}`,
      ...(bun === undefined
        ? { hint: `\`npm pack ${bunPackage(target)}@${Bun.version}\` brings it, as package/bin/bun` }
        : {}),
    });
  }
  const file = resolve(cwd, bun);
  if (!existsSync(file)) {
    throw new ProblemError({
      kind: "file",
      path: bun,
      what: "k cannot be built with it",
      why: "there is no such file",
    });
  }
  return { name: bunTarget(target), bun: file };
}

/** What the program that builds said: problems as JSON, or else whatever it was. */
function problemsOf(stdout: string, stderr: string): readonly Problem[] {
  try {
    return JSON.parse(stdout) as readonly Problem[];
  } catch {
    const words = `${stderr}${stdout}`.trim();
    return [
      { kind: "refused", what: `k could not be built: ${words}`, hint: "`k check` says whether its source is sound" },
    ];
  }
}
