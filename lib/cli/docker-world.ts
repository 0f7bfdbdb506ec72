import type { TaskContext } from "../core/task.ts";
import { ProblemError, show as showProblem } from "../core/problem.ts";
import { hostUser } from "../docker/devcontainer-files.ts";
import type { DockerSettings, DockerWorld } from "../docker/world.ts";
import { konductorFacts } from "../nix/facts.ts";
import { nixWorld } from "./nix-world.ts";
import type { Wiring } from "./wiring.ts";

/** The machine as `lib/docker` sees it. */
export function dockerWorld(wiring: Wiring, context: Omit<TaskContext, "use">): DockerWorld {
  const { spawner, io } = wiring;
  return {
    root: context.root,
    env: io.env,
    uid: process.getuid?.(),
    which: (program) => Bun.which(program, { PATH: io.env["PATH"] ?? "" }) ?? undefined,
    async ask(argv, { cwd, env, stdin, timeout } = {}) {
      const outcome = await spawner.run({
        argv,
        cwd: cwd ?? context.root,
        env: { ...io.env, ...env, LC_ALL: "C" },
        signal: context.signal,
        ...(stdin === undefined ? {} : { stdin }),
        ...(timeout === undefined ? {} : { timeout }),
      });
      if (outcome.spawnError !== undefined) {
        throw new ProblemError({
          kind: "tool-not-started",
          tool: argv[0],
          why: outcome.message,
          command: argv.join(" "),
        });
      }
      return outcome;
    },
    show: (argv, options) => context.exec(argv, options),
    say: context.log,
    stage: context.progress,
    nix: nixWorld(wiring, context),
    async mend(check) {
      const { unmetRequirements } = await import("./requirements.ts");
      const [problem] = await unmetRequirements([check], wiring);
      return problem === undefined ? undefined : showProblem(problem).hint;
    },
  };
}

export function dockerSettings({ opened }: Pick<Wiring, "opened">): DockerSettings & { readonly user: string } {
  const { image, project, service, user, builder } = opened.config.docker;
  return {
    image: image ?? konductorFacts.meta.image.name,
    project: project ?? konductorFacts.meta.name,
    service,
    user: user ?? hostUser(konductorFacts),
    builder,
  };
}
