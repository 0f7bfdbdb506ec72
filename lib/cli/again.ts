import { existsSync } from "node:fs";
import { type ExitCode, exitCodes } from "../core/exit-code.ts";
import { ProblemError } from "../core/problem.ts";
import { stateFolders } from "../host/folders.ts";
import { unfinishedTasks } from "../ledger/failed-tasks.ts";
import { ledgerFolder } from "../ledger/place.ts";
import { type Run, runsOf } from "../ledger/read-runs.ts";
import type { FailedPart } from "./command.ts";
import { showPath } from "../render/printable.ts";
import { globalFlags } from "./global-flags.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";
import type { Command } from "./parse-command.ts";
import { shownCommand } from "./shown-command.ts";

type RunIt = (io: Io, part: FailedPart | undefined) => Promise<ExitCode>;

/**
 * `k again`: the command line of the last run once more, from where it was typed, with the flags of `k` that `again` itself was given
 * in front. It is no task inside of a task: the exit code, the terminal and the signals are those of the run.
 */
export async function runAgain(command: Command, { project }: Opened, io: Io, run: RunIt): Promise<ExitCode> {
  const [request, ...others] = command.requests;
  if (request?.id !== "again" || others.length > 0) {
    throw new ProblemError({
      kind: "wrong-use",
      message: "`again` runs alone",
      hint: "name the other tasks in a command of their own",
    });
  }
  const last = lastRun(ledgerFolder(stateFolders(io.env).state, project.root));
  const { start } = last;
  const wanted = request.flags["failed"] === true ? unfinishedTasks(last) : undefined;
  const argv = argvOf(last, givenFlags(command), wanted);
  const failed = wanted === undefined ? undefined : { run: last.id, tasks: wanted };
  if (failed?.tasks.size === 0) {
    io.err("again: nothing failed in the last run\n");
    return exitCodes.passed;
  }
  const names = [...(failed?.tasks ?? [])].filter((id) => start.tasks.some((task) => task.id === id && !task.group));
  const part = failed === undefined || argv.includes("--job") ? "" : `, only ${names.join(", ")}`;
  const where = start.cwd === io.cwd() ? "" : ` (in ${showPath(start.cwd)})`;
  io.err(`again: ${shownCommand(argv)}${where}${part}\n`);
  return run({ ...io, argv, cwd: () => start.cwd }, failed);
}

/** The jobs of a hook are named by a flag; flags of `k` stand behind its name. */
function argvOf({ start }: Run, flags: readonly string[], only: ReadonlySet<string> | undefined): readonly string[] {
  const [first, second, hook, ...rest] = start.argv;
  if (first !== "hooks" || second !== "run" || hook === undefined) {
    return [...flags, ...start.argv];
  }
  const jobs = start.tasks.filter(({ id }) => only?.has(id)).flatMap(({ id }) => ["--job", id]);
  return [first, second, hook, ...jobs, ...flags, ...rest];
}

function lastRun(folder: string): Run {
  const run = runsOf(folder)
    .filter(({ state }) => state !== "running")
    .next().value;
  if (run === undefined) {
    throw new ProblemError({
      kind: "wrong-use",
      message: "no run of this project is kept",
      hint: "`again` repeats what ran before, as in `k lint`, then `k again`",
    });
  }
  if (run.start.hasSecret === true) {
    throw new ProblemError({
      kind: "wrong-use",
      message: `the last command line held a secret, which is not kept: ${shownCommand(run.start.argv)}`,
      hint: "type it again",
    });
  }
  if (!existsSync(run.start.cwd)) {
    throw new ProblemError({
      kind: "wrong-use",
      message: `the folder of the last run is gone: ${showPath(run.start.cwd)}`,
      hint: `run \`${shownCommand(run.start.argv)}\` where you want it`,
    });
  }
  return run;
}

/** The flags of `k` itself as words, but for `-C`: the run knows its folder. */
function givenFlags({ global }: Command): readonly string[] {
  return Object.entries(global).flatMap(([name, value]) => {
    if (name === "cwd" || value === undefined || value === false || !(name in globalFlags)) {
      return [];
    }
    return value === true ? [`--${name}`] : [`--${name}=${String(value)}`];
  });
}
