import { existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { trustNeeds } from "../config/trust-needed.ts";
import { createWorld } from "../health/create-world.ts";
import type { CompletionState, MachineState, ToolState, World } from "../health/world.ts";
import { stateFolders } from "../host/folders.ts";
import type { Spawner } from "../host/process/spawner.ts";
import { trustOf } from "../host/trust.ts";
import { toolNamed } from "../tools/index.ts";
import type { Io } from "./io.ts";
import { isLive } from "./io.ts";
import type { Opened } from "./open-project.ts";
import { ownProgram } from "../host/own-program.ts";
import { type ToolRow, toolRows } from "./tool-rows.ts";
import type { Wiring } from "./wiring.ts";

/** In seconds: how long one tool may take to say its version to doctor. */
const toolPatience = 5;

/** The machine and the project as doctor's checks see them. */
export function healthWorld({ opened, io }: Wiring, spawner: Spawner, signal?: AbortSignal): World {
  const { project, home } = opened;
  return createWorld({
    platform: process.platform,
    arch: process.arch,
    env: io.env,
    user: whoIsThis(io.env),
    project: {
      root: project.root,
      kind: project.kind,
      worktree: project.git?.worktree,
      faults: opened.faults ?? [],
      untrusted: isHeldBack(opened, io),
    },
    home,
    program: ownProgram(home),
    bun: { version: Bun.version, path: process.execPath },
    bunRange: manifest.engines.bun,
    terminal: { live: isLive(io), columns: io.columns() },
    spawner,
    ...(signal === undefined ? {} : { signal }),
    nix: opened.config.nix,
    sshPort: opened.config.vm.port,
    now: Date.now,
    tools: async () => (await toolRows(opened, io, impatient(spawner))).map((row) => toolState(row, opened)),
    machines: () => machinesOf(io),
    completions: completionsOf(opened, io),
    hooks: async () => (await import("./hook-health.ts")).hookHealth(opened, io),
    installHooks: async () => (await (await import("./hooks.ts")).installedText([], opened, io)).trim(),
  });
}

function whoIsThis(env: Io["env"]): World["user"] {
  const uid = process.getuid?.() ?? 0;
  try {
    return { name: userInfo().username, uid };
  } catch {
    // A number without a name, as containers have them.
    return { name: env["USER"] ?? String(uid), uid };
  }
}

function isHeldBack({ project, home, origins, faults }: Opened, { env }: Io): boolean {
  return (
    faults === undefined && project.root !== home && trustNeeds(origins).length > 0 && !trustOf(project, env).trusted
  );
}

function toolState(row: ToolRow, { config }: Opened): ToolState {
  const { name, origin, version, pinned, path, install, standIn } = row;
  const tool = toolNamed(name);
  const oldest = tool.version?.oldest;
  const isOn = config.lint.enable.includes(name) || config.tools[name]?.enabled === true;
  return {
    name,
    origin,
    required: config.lint.require.includes(name),
    dormant: tool.onRequest === true && !isOn,
    ...(version === undefined ? {} : { version }),
    ...(pinned === undefined ? {} : { pinned }),
    ...(oldest === undefined ? {} : { oldest }),
    ...(path === undefined ? {} : { path }),
    ...(install === undefined ? {} : { install }),
    ...(standIn === undefined ? {} : { standIn }),
  };
}

async function machinesOf({ env }: Io): Promise<readonly MachineState[]> {
  if (!existsSync(join(stateFolders(env).state, "vm"))) {
    return [];
  }
  const { listMachines } = await import("../vm/list.ts");
  return listMachines(env).map(({ name, state, record }) => ({
    name,
    state,
    ...(state === "running" && record?.process !== undefined ? { pid: record.process.pid } : {}),
  }));
}

function completionsOf(opened: Opened, io: Io): CompletionState {
  const state = async (): Promise<ReturnType<typeof import("./completion-state.ts").completionState>> =>
    (await import("./completion-state.ts")).completionState(opened, io);
  return {
    async due() {
      const lines = await (await state()).look();
      return lines.length === 0 ? undefined : `install them: ${lines.map((line) => line.trim()).join(", ")}`;
    },
    install: async () => (await state()).install(),
  };
}

/** A tool that hangs must not hang doctor. */
function impatient(spawner: Spawner): Spawner {
  return {
    start: (request) => spawner.start(request),
    run: (request) => spawner.run({ ...request, timeout: toolPatience }),
    resize: (size) => spawner.resize(size),
    isForeground: () => spawner.isForeground(),
    stopAll: () => spawner.stopAll(),
    killAll: () => spawner.killAll(),
    close: () => spawner.close(),
  };
}
