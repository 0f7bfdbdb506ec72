import { dirname } from "node:path";
import type { World } from "../world.ts";
import type { Runner } from "./runner.ts";

/** Its tasks are scripts of package.json, which Bun runs for it: the fastest of the package managers that it takes. */
export function turboRunner(world: World, turbo: string): Runner {
  return {
    name: "turbo",
    kind: "peer",
    env: world.env([dirname(turbo), dirname(world.bun)], { TURBO_TELEMETRY_DISABLED: "1" }),
    files: ({ names, program }) => ({
      "package.json": JSON.stringify({
        name: "work",
        private: true,
        packageManager: `bun@${Bun.version}`,
        scripts: Object.fromEntries(names.map((task) => [task, program])),
      }),
      "turbo.json": JSON.stringify({ tasks: Object.fromEntries(names.map((task) => [task, { cache: false }])) }),
    }),
    prepare: () => {},
    version: [turbo, "--version"],
    list: undefined,
    run: (task) => [turbo, "run", task],
    runAll: ({ names, parallel }) => [turbo, "run", "--concurrency", String(parallel), ...names.slice(0, parallel)],
    completion: undefined,
  };
}

export function moonRunner(world: World, moon: string): Runner {
  return {
    name: "moon",
    kind: "peer",
    env: world.env([dirname(moon)]),
    files: ({ names, program }) => ({
      ".moon/workspace.yml": "projects:\n  root: .\ntelemetry: false\n",
      "moon.yml": [
        "tasks:",
        ...names.flatMap((task) => [`  ${task}:`, `    command: "${program}"`, "    options: { cache: false }"]),
        "",
      ].join("\n"),
      ".gitignore": ".moon/cache\n",
    }),
    prepare: () => {},
    version: [moon, "--version"],
    list: [moon, "tasks"],
    run: (task) => [moon, "run", `root:${task}`],
    runAll: ({ names, parallel }) => [moon, "run", ...names.slice(0, parallel).map((task) => `root:${task}`)],
    completion: undefined,
  };
}
