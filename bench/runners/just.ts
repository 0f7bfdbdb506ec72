import type { World } from "../world.ts";
import type { Runner } from "./runner.ts";

export function justRunner(world: World, just: string): Runner {
  return {
    name: "just",
    kind: "peer",
    env: world.env([just.slice(0, just.lastIndexOf("/"))]),
    files: ({ names, program, parallel }) => ({
      justfile: [
        "[parallel]",
        `all: ${names.slice(0, parallel).join(" ")}`,
        ...names.flatMap((task) => ["", `# Do ${task}`, `${task}:`, `    @${program}`]),
        "",
      ].join("\n"),
    }),
    prepare: () => {},
    version: [just, "--version"],
    list: [just, "--list"],
    run: (task) => [just, task],
    runAll: () => [just, "all"],
    completion: { script: [just], scriptEnv: { JUST_COMPLETE: "bash" }, command: "just", before: [] },
  };
}
