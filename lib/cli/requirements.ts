import type { Problem } from "../core/problem.ts";
import { findTool, installHint } from "../host/find-tool.ts";
import type { World } from "../health/world.ts";
import type { Wiring } from "./wiring.ts";

/** One per run: what several tasks require is asked once. */
const worlds = new WeakMap<Wiring, World>();

/** What of these is not so: checks of doctor by name, tools of the table, else programs on PATH. */
export async function unmetRequirements(requires: readonly string[], wiring: Wiring): Promise<readonly Problem[]> {
  const [{ checkNamed }, { unmetCheck }] = await Promise.all([
    import("../health/checks.ts"),
    import("../health/requirements.ts"),
  ]);
  const found = requires.map(async (name) =>
    checkNamed(name) === undefined ? missingProgram(name, wiring) : unmetCheck(name, await worldOf(wiring))
  );
  return (await Promise.all(found)).filter((problem) => problem !== undefined);
}

async function worldOf(wiring: Wiring): Promise<World> {
  const { healthWorld } = await import("./health-world.ts");
  const world = worlds.get(wiring) ?? healthWorld(wiring, wiring.spawner);
  worlds.set(wiring, world);
  return world;
}

async function missingProgram(name: string, { opened, io }: Wiring): Promise<Problem | undefined> {
  const { toolsByName } = await import("../tools/index.ts");
  const tool = toolsByName.get(name);
  if (tool !== undefined) {
    const found = findTool(tool, { home: opened.home, env: io.env });
    return found === undefined ? { kind: "tool-missing", tool: name, install: installHint(tool) } : undefined;
  }
  return Bun.which(name, { PATH: io.env["PATH"] ?? "" }) === null
    ? { kind: "tool-missing", tool: name, install: "install it, and put its folder on PATH" }
    : undefined;
}
