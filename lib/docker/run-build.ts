import { ProblemError } from "../core/problem.ts";
import { BuildProgress } from "./build-progress.ts";
import { explain, failed, lastLine } from "./explain.ts";
import type { Buildx } from "./plugin.ts";
import type { Argv, DockerWorld } from "./world.ts";

/**
 * Runs a buildx command that builds, its steps shown as they go; rejects with a `ProblemError` that has the failing step's last lines.
 * `words` begin with the command's name. buildx that is too old to tell of its steps prints them itself.
 */
export async function runBuild(
  { argv, tellsJson }: Buildx,
  [command, ...words]: Argv,
  what: string,
  world: DockerWorld,
  env: Readonly<Record<string, string>> = {}
): Promise<void> {
  const all = (progress: string): Argv => [...argv, command, "--progress", progress, ...words];
  const options = { cwd: world.root, env };
  if (!tellsJson) {
    const ran = await world.show(all("plain"), options);
    if (ran.exitCode !== 0) {
      throw new ProblemError(failed(what, ran.stderr || ran.stdout, ran.exitCode));
    }
    return;
  }
  const progress = new BuildProgress(world);
  const ran = await world.show(all("rawjson"), { ...options, onOutput: (text) => progress.write(text) });
  progress.end();
  if (ran.exitCode === 0) {
    return;
  }
  const { step, said, detail } = progress.failure();
  const known = explain(said, detail);
  throw new ProblemError({
    kind: "container",
    what: `${what}: ${known?.what ?? (step === undefined ? lastLine(said) : `${step} failed`)}`,
    hint: known?.hint ?? "its last lines are above; `--reporter json` has all that it did",
    ...(detail === "" ? {} : { detail }),
  });
}
