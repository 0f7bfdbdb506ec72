import { type ExitCode, exitCodes } from "../core/exit-code.ts";
import { ProblemError } from "../core/problem.ts";
import { home } from "../host/home.ts";
import { complain } from "./complain.ts";
import type { Io } from "./io.ts";
import { processIo } from "./process-io.ts";

/** All of `k`: the exit code is the caller's to set. */
export async function main(io: Io = processIo()): Promise<ExitCode> {
  try {
    return await run(io);
  } catch (error) {
    if (error instanceof ProblemError) {
      return complain(error.problems, io);
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    io.err(`error: k has a bug, and stopped\n${text}\nhint: please report it, with the command that you ran\n`);
    return exitCodes.bug;
  }
}

/** Git starts `k` with each commit: what it asks for loads nothing of the command line. Nor does what scripts ask first. */
async function run(io: Io): Promise<ExitCode> {
  if (io.argv.length === 1 && io.argv[0] === "--version") {
    const { version } = await import("./version.ts");
    io.out(`k ${version}\n`);
    return exitCodes.passed;
  }
  const [task, hook, flag, end, ...args] = io.argv;
  if (task === "hooks:run" && hook !== undefined && flag === "--git" && end === "--") {
    const { gitHook } = await import("./git-hook.ts");
    return gitHook(hook, args, home, io);
  }
  if (task === "lint" || task === "l" || task === "format:check" || task?.startsWith("lint:") === true) {
    await (await import("./look-ahead.ts")).lookAhead(io);
  }
  const { runCommand } = await import("./command.ts");
  return runCommand(io, home);
}
