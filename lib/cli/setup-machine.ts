import { accessSync, constants, existsSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { launcherPlace } from "../build/place.ts";
import type { TaskContext } from "../core/task.ts";
import type { Machine, Ran, RunOptions } from "../setup/machine.ts";
import { buildBinary } from "./build-services.ts";
import { completionState } from "./completion-state.ts";
import { ownProgram } from "../host/own-program.ts";
import type { Wiring } from "./wiring.ts";

/** The machine and the project as setup steps see them. */
export function setupMachine(
  { opened, io, spawner }: Wiring,
  context: Pick<TaskContext, "signal" | "exec">,
  attended: boolean
): Machine {
  const { project, home } = opened;
  const { signal } = context;
  const run = async (argv: readonly [string, ...string[]], options: RunOptions, isOpen: boolean): Promise<Ran> => {
    const outcome = await spawner.run({
      argv,
      cwd: options.cwd ?? project.root,
      env: io.env,
      signal,
      timeout: options.timeout ?? (isOpen ? 3600 : 30),
      ...(isOpen ? { foreground: true } : {}),
    });
    return outcome.spawnError === undefined ? outcome : { exitCode: 127, stdout: "", stderr: outcome.message };
  };
  return {
    platform: process.platform,
    arch: process.arch,
    env: io.env,
    user: whoIsThis(io.env),
    home,
    root: project.root,
    worktree: project.git?.worktree,
    launcher: existsSync(join(home, "k")) ? join(home, "k") : ownProgram(home),
    attended,
    signal,
    now: () => new Date(),
    at: (path) => path,
    mayWrite,
    which: (program) => Bun.which(program, { PATH: io.env["PATH"] ?? "" }) ?? undefined,
    run: (argv, options = {}) => run(argv, options, false),
    runOpenly: async (argv, options = {}) => (await run(argv, options, true)).exitCode,
    say: (line) => io.err(`${line}\n`),
    hooks: {
      missing: async () => (await import("./missing-hooks.ts")).missingHooks(opened, io),
      install: async () => (await import("./hooks.ts")).installedText([], opened, io),
    },
    completions: completionState(opened, io),
    binary: {
      path: canBuild(home) ? launcherPlace(home) : undefined,
      build: () =>
        buildBinary(
          { out: undefined, target: undefined, bun: undefined, packageHome: undefined },
          { home, cwd: home, exec: context.exec }
        ),
    },
  };
}

/** A package of `k` has no sources to build from, or is not this user's to write. */
function canBuild(home: string): boolean {
  return mayWrite(join(home, "node_modules")) && existsSync(join(home, "bin/k"));
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function whoIsThis(env: Wiring["io"]["env"]): Machine["user"] {
  const uid = process.getuid?.() ?? 0;
  try {
    return { name: userInfo().username, uid };
  } catch {
    // A number without a name, as containers have them.
    return { name: env["USER"] ?? String(uid), uid };
  }
}
