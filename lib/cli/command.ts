import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { type ExitCode, exitCodes } from "../core/exit-code.ts";
import { plan } from "../core/plan.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import { complain } from "./complain.ts";
import type { Io } from "./io.ts";
import { parseCommand, type Command } from "./parse-command.ts";
import { parseFlags } from "./parse-flags.ts";
import { type GlobalFlags, globalFlags } from "./global-flags.ts";
import type { Opened } from "./open-project.ts";

/** What a user typed: tasks with their flags, help, or the version. `home` is that of `k`, absolute. */
export async function runCommand(io: Io, home: string): Promise<ExitCode> {
  const early = parseFlags(untilTask(io.argv), globalFlags).flags as Partial<GlobalFlags>;
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
  const [{ openProject }, { toolNames }] = await Promise.all([
    import("./open-project.ts"),
    import("../tools/index.ts"),
  ]);
  const project = await openProject({ cwd, home, env: io.env, err: io.err });
  const parsed = parseCommand(io.argv, project.catalog, (word) => existsSync(resolve(cwd, word)));
  if (!parsed.ok) {
    return complain(parsed.problems, io);
  }
  const { command } = parsed;
  if (command.requests.length === 0 || command.global.help === true) {
    return showHelp(command, project, io);
  }
  const choice = { only: toolsOf(command), enabled: enabledTools(project.config) };
  const unknown = choice.only.filter((name) => name !== "k" && !toolNames.includes(name));
  if (unknown.length > 0) {
    return complain(
      unknown.map((name) => unknownTool(name, toolNames)),
      io
    );
  }
  const planned = plan(command.requests, project.catalog, process.platform, choice);
  if (!planned.ok) {
    return complain(planned.problems, io);
  }
  if (command.global["dry-run"] === true) {
    const { showPlan } = await import("./dry-run.ts");
    io.out(showPlan(planned.plan));
    return exitCodes.passed;
  }
  const { runPlan } = await import("./run-plan.ts");
  return runPlan(planned.plan, command, project, io);
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

function unknownTool(value: string, toolNames: readonly string[]): Problem {
  const near = nearest(value, toolNames);
  return {
    kind: "flag-value",
    flag: "--tool",
    value,
    expected: `tools of \`k tools\`${near === undefined ? "" : `, such as ${near}`}`,
  };
}

async function showHelp(command: Command, project: Opened, io: Io): Promise<ExitCode> {
  const { overview, taskHelp } = await import("./help.ts");
  const width = Math.min(io.columns(), 110);
  if (command.requests.length === 0) {
    const { version } = await import("./version.ts");
    io.out(overview(project.catalog.all(), version, width));
  }
  for (const { id } of command.requests) {
    const task = project.catalog.get(id);
    if (task !== undefined) {
      io.out(taskHelp(task, width));
    }
  }
  return exitCodes.passed;
}
