import "./command-gate.ts";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { type ExitCode, exitCodes } from "../core/exit-code.ts";
import { plan } from "../core/plan.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import type { TaskId } from "../core/task-id.ts";
import { complain } from "./complain.ts";
import { type Io, isLive } from "./io.ts";
import { parseCommand, type Command } from "./parse-command.ts";
import { parseFlags } from "./parse-flags.ts";
import { type GlobalFlags, globalFlags } from "./global-flags.ts";
import type { Opened } from "./open-project.ts";
import { recoverLeft } from "./recover-left.ts";

/** What a user typed: tasks with their flags, help, or the version. `home` is that of `k`, absolute. */
export async function runCommand(io: Io, home: string, only?: FailedPart): Promise<ExitCode> {
  const before = untilTask(io.argv);
  const early: Partial<GlobalFlags> = before.length === 0 ? {} : parseFlags(before, globalFlags).flags;
  if (early.version === true) {
    const { version } = await import("./version.ts");
    io.out(`k ${version}\n`);
    return exitCodes.passed;
  }
  const cwd = startFolder(io, early.cwd ?? cwdFlag(io.argv));
  const hook = hookWords(io.argv);
  if (hook !== undefined) {
    const { hookCommand } = await import("./hook-command.ts");
    return hookCommand(hook, cwd, home, io);
  }
  // Not before: the version is said without a look at any project.
  const { openProject } = await import("./open-project.ts");
  const project = await openProject({ cwd, home, env: io.env, err: warnings(io) }).catch(async (error: unknown) => {
    const { openBroken } = await import("./open-broken.ts");
    return openBroken(error, { cwd, home, env: io.env });
  });
  const parsed = parseCommand(io.argv, project.catalog, (word) => existsSync(resolve(cwd, word)));
  if (project.faults !== undefined && !(parsed.ok && isLenient(parsed.command, project))) {
    return complain(project.faults, io);
  }
  if (!parsed.ok) {
    return complain(parsed.problems, io);
  }
  const { command } = parsed;
  if (command.requests.length === 0 && command.global.help !== true && isLive(io) && io.stdinIsTerminal) {
    const { pickCommand } = await import("./picker.ts");
    const picked = await pickCommand(project, io);
    return picked.ok ? runCommand({ ...io, argv: picked.argv }, home) : picked.exitCode;
  }
  if (command.requests.length === 0 || command.global.help === true) {
    return showHelp(command, project, io);
  }
  if (command.requests.some(({ id }) => id === "again")) {
    const { runAgain } = await import("./again.ts");
    return runAgain(command, project, io, (again, part) => runCommand(again, home, part));
  }
  const choice = { only: toolsOf(command), enabled: enabledTools(project.config) };
  const unknown = await unknownTools(choice.only);
  if (unknown.length > 0) {
    return complain(unknown, io);
  }
  const planned = narrowed(plan(command.requests, project.catalog, process.platform, choice), only);
  if (!planned.ok) {
    return complain(planned.problems, io);
  }
  const previews = planned.plan.tasks.every(({ task }) => task.definition.previews === true);
  if (command.global["dry-run"] === true && !previews) {
    const { showPlan } = await import("./dry-run.ts");
    io.out(showPlan(planned.plan));
    return exitCodes.passed;
  }
  await recoverLeft(project, io);
  if (planned.plan.tasks[0]?.task.definition.light === true) {
    const { lightTask, runLight } = await import("./run-light.ts");
    const task = lightTask(planned.plan, command.global);
    if (task !== undefined) {
      return runLight(task, project, io);
    }
  }
  const { runPlan } = await import("./run-plan.ts");
  return runPlan(planned.plan, command, project, io, only?.run);
}

/** What of another run `k again --failed` is about. */
export interface FailedPart {
  /** The name of that run. */
  readonly run: string;
  readonly tasks: ReadonlySet<TaskId>;
}

/** Only some tasks of a plan; what they need beside those is done already. */
function narrowed(planned: ReturnType<typeof plan>, only: FailedPart | undefined): ReturnType<typeof plan> {
  if (!planned.ok || only === undefined) {
    return planned;
  }
  const isIn = (id: TaskId): boolean => only.tasks.has(id);
  const tasks = planned.plan.tasks
    .filter(({ task }) => isIn(task.id))
    .map((one) => ({ ...one, needs: one.needs.filter(isIn), waitsFor: one.waitsFor.filter(isIn) }));
  return { ...planned, plan: { ...planned.plan, tasks } };
}

/** Whether all that is asked for works without the project's settings. */
function isLenient({ requests }: Command, { catalog }: Opened): boolean {
  return requests.length > 0 && requests.every(({ id }) => catalog.get(id)?.definition.lenient === true);
}

/** Who is about to trust a project need not be told that it is not trusted yet. */
function warnings({ argv, err }: Io): Io["err"] {
  return argv.find((word) => !word.startsWith("-")) === "trust" ? () => {} : err;
}

/** The words before the first that is no flag: `--version` behind a task is the task's. */
function untilTask(argv: readonly string[]): readonly string[] {
  const first = argv.findIndex((word) => !word.startsWith("-"));
  return first < 0 ? argv : argv.slice(0, first);
}

/** The words behind `k hooks run`, where that is all that is asked and neither help nor anything else is wanted of it. */
function hookWords(argv: readonly string[]): readonly string[] | undefined {
  const words =
    argv[0] === "hooks:run" ? argv.slice(1) : argv[0] === "hooks" && argv[1] === "run" ? argv.slice(2) : undefined;
  const end = words?.indexOf("--") ?? -1;
  const own = end < 0 ? words : words?.slice(0, end);
  return own?.some((word) => word === "--help" || word === "-h") === true ? undefined : words;
}

/** `-C` is needed before tasks are known, so it is looked for by itself, wherever it stands. */
function cwdFlag(argv: readonly string[]): string | undefined {
  const end = argv.indexOf("--");
  const own = end < 0 ? argv : argv.slice(0, end);
  for (const [index, word] of own.entries()) {
    if (word === "-C" || word === "--cwd") {
      return own[index + 1];
    }
    const inline = /^(?:--cwd=|-C=?)(.+)$/s.exec(word)?.[1];
    if (inline !== undefined) {
      return inline;
    }
  }
  return undefined;
}

function startFolder(io: Io, wanted: string | undefined): string {
  let here: string;
  try {
    here = io.cwd();
  } catch {
    throw new ProblemError({
      kind: "wrong-use",
      message: "the folder that you stand in is gone",
      hint: "cd into one that is there",
    });
  }
  return wanted === undefined ? here : resolve(here, wanted);
}

/** Tools that the config turns on although they run only on request. */
function enabledTools({ lint, tools }: Config): readonly string[] {
  return [...lint.enable, ...Object.entries(tools).flatMap(([name, { enabled }]) => (enabled === true ? [name] : []))];
}

function toolsOf({ requests }: Command): readonly string[] {
  return requests.flatMap(({ flags }) => (Array.isArray(flags["tool"]) ? (flags["tool"] as readonly string[]) : []));
}

async function unknownTools(wanted: readonly string[]): Promise<readonly Problem[]> {
  if (wanted.length === 0) {
    return [];
  }
  const { toolNames } = await import("../tools/index.ts");
  return wanted.filter((name) => name !== "k" && !toolNames.includes(name)).map((name) => unknownTool(name, toolNames));
}

function unknownTool(value: string, toolNames: readonly string[]): Problem {
  const near = nearest(value, toolNames);
  return {
    kind: "flag-value",
    flag: "--tool",
    value,
    expected: `tools of \`k tools\`${near === undefined ? "" : `, such as ${near}`}`,
  };
}

async function showHelp({ requests }: Command, project: Opened, io: Io): Promise<ExitCode> {
  const { help } = await import("./show-help.ts");
  for (const id of requests.length === 0 ? [undefined] : requests.map((request) => request.id)) {
    io.out(await help(id, project, io));
  }
  return exitCodes.passed;
}
