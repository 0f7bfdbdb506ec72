import { show } from "../core/problem.ts";
import { hookNames } from "../core/hook.ts";
import { shortPath } from "../health/machine-files.ts";
import { type Known, readStatus } from "../health/read-status.ts";
import { statusJson } from "../health/status-json.ts";
import { statusText } from "../health/status-text.ts";
import { findTool } from "../host/find-tool.ts";
import { createSpawner } from "../host/process/spawner.ts";
import { standingAt } from "../hooks/install.ts";
import { createStyle } from "../render/style.ts";
import { tools } from "../tools/index.ts";
import { healthWorld } from "./health-world.ts";
import { wantsColour } from "./io.ts";
import type { Wiring } from "./wiring.ts";

export interface StatusCall {
  readonly json: boolean;
  /** Asks the container engine too. */
  readonly full: boolean;
}

/** `k status` as text that is ready to print. */
export async function statusAnswer({ json, full }: StatusCall, wiring: Wiring): Promise<string> {
  const { io, global } = wiring;
  // Short reads that end by themselves: a guardian would cost more than they do.
  const spawner = createSpawner({ graceMs: 300, guardian: false });
  try {
    const world = healthWorld(wiring, spawner);
    const status = await readStatus(world, known(wiring), full);
    if (json) {
      return statusJson(status);
    }
    return statusText(status, {
      columns: Math.min(io.columns(), 100),
      style: createStyle(wantsColour(io, { color: global.color, noColor: global["no-color"] })),
      now: world.now,
      short: (path) => shortPath(path, world),
    });
  } finally {
    await spawner.close();
  }
}

function known({ opened, io }: Wiring): Known {
  const { config, faults = [], home } = opened;
  return {
    projectName: config.project.name,
    faults: faults.map((problem) => show(problem).message),
    hookNames,
    isOurs: (path) => standingAt(path) === "ours",
    tools() {
      const isOn = (name: string): boolean => config.lint.enable.includes(name) || config.tools[name]?.enabled === true;
      const meant = tools.filter(({ name, onRequest }) => onRequest !== true || isOn(name));
      const missing = meant.filter((tool) => findTool(tool, { home, env: io.env }) === undefined);
      return { found: meant.length - missing.length, total: meant.length, missing: missing.map(({ name }) => name) };
    },
  };
}
