import { call } from "../process.ts";
import type { OwnProgram, World } from "../world.ts";
import type { Runner } from "./runner.ts";

export function ownRunner({ name, program, env: more }: OwnProgram, world: World): Runner {
  const env = world.env([program.slice(0, program.lastIndexOf("/"))], more);
  return {
    name,
    kind: "k",
    env,
    files: ({ names, program: job, parallel }) => ({
      "konductor.toml": '[tasks]\ndir = "tasks"\n',
      "tasks/all.ts": taskFile({ summary: "Run them at once", needs: names.slice(0, parallel) }),
      ...Object.fromEntries(names.map((task) => [`tasks/${task}.ts`, taskFile({ summary: `Do ${task}`, job })])),
    }),
    prepare: ({ root }) => void call({ argv: [program, "trust"], cwd: root, env }),
    version: [program, "--version"],
    list: [program, "list"],
    run: (task) => [program, task],
    runAll: ({ parallel }) => [program, "-j", String(parallel), "all"],
    completion: { script: [program, "completions", "bash"], command: "k", before: [] },
  };
}

interface Content {
  readonly summary: string;
  readonly needs?: readonly string[];
  readonly job?: string;
}

function taskFile({ summary, needs = [], job }: Content): string {
  return [
    'import { defineTask } from "konductor";',
    "",
    "export default defineTask({",
    `  summary: ${JSON.stringify(summary)},`,
    ...(needs.length === 0 ? [] : [`  needs: ${JSON.stringify(needs)},`]),
    ...(job === undefined ? [] : [`  run: ({ exec }) => exec([${JSON.stringify(job)}]),`]),
    "});",
    "",
  ].join("\n");
}
