import { call } from "../process.ts";
import type { World } from "../world.ts";
import type { Runner } from "./runner.ts";

/** All tasks in one file, as most of its projects have them. */
export function miseRunner(world: World, mise: string): Runner {
  const env = world.env([mise.slice(0, mise.lastIndexOf("/"))]);
  return {
    name: "mise",
    kind: "peer",
    env,
    files: ({ names, program, parallel }) => ({
      "mise.toml": [
        "[tasks.all]",
        `depends = ${JSON.stringify(names.slice(0, parallel))}`,
        ...names.flatMap((task) => [
          `[tasks.${task}]`,
          `description = "Do ${task}"`,
          `run = ${JSON.stringify(program)}`,
        ]),
        "",
      ].join("\n"),
    }),
    prepare: ({ root }) => void call({ argv: [mise, "trust", "--quiet"], cwd: root, env }),
    version: [mise, "--version"],
    list: [mise, "tasks", "ls"],
    run: (task) => [mise, "run", task],
    runAll: ({ parallel }) => [mise, "run", "--jobs", String(parallel), "all"],
    completion: { script: [mise, "completion", "bash"], command: "mise", before: ["run"] },
  };
}

/** Each task a file of its own, as with `k`. */
export function miseFilesRunner(world: World, mise: string): Runner {
  return {
    ...miseRunner(world, mise),
    name: "mise, a file per task",
    files: ({ names, program, parallel }) => ({
      "mise.toml": `[tasks.all]\ndepends = ${JSON.stringify(names.slice(0, parallel))}\n`,
      ...Object.fromEntries(
        names.map((task) => [`mise-tasks/${task}`, `#!/bin/sh\n#MISE description="Do ${task}"\nexec ${program}\n`])
      ),
    }),
  };
}
