import { dirname } from "node:path";
import { call } from "../process.ts";
import type { OwnProgram } from "../world.ts";
import { jobNames, type Manager } from "./manager.ts";

/** `k` with these jobs alone: each built-in one is taken away, as a project would do it. */
export function ownManager({ name, program, env: more }: OwnProgram, builtIn: readonly string[]): Manager {
  const manager: Manager = {
    name,
    kind: "k",
    runsJobs: true,
    // A package is found by PATH.
    env: (world) => world.env([dirname(program)], more),
    files: (work) => ({
      "konductor.toml": '[hooks]\ndir = "hooks"\n',
      "hooks/pre-commit.ts": [
        'import { defineHook } from "konductor";',
        "",
        "export default defineHook({",
        '  summary: "Do the same work as the others",',
        "  jobs: {",
        ...builtIn.map((job) => `    ${JSON.stringify(job)}: false,`),
        ...jobNames(work).map(
          (job) => `    ${JSON.stringify(job)}: { command: [${JSON.stringify(work.program)}, "{files}"] },`
        ),
        "  },",
        "});",
        "",
      ].join("\n"),
    }),
    install(repository, world) {
      const env = manager.env(world);
      call({ argv: [program, "trust"], cwd: repository.root, env });
      call({ argv: [program, "hooks", "install", "pre-commit"], cwd: repository.root, env });
    },
  };
  return manager;
}
