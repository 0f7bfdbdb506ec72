import type { CommandJob, Program } from "../core/hook.ts";
import type { Problem } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { batches } from "../lint/batch.ts";
import type { FileEntry } from "../lint/classify.ts";
import { asArgument, shellLine } from "../lint/command-line.ts";
import type { HookRun } from "./hook-run.ts";
import { KeptOutput } from "./kept-output.ts";
import type { TargetGroup } from "../lint/targets.ts";

const placeholder = "{files}";

/**
 * A project's own command over files: once per folder that they stand in, split where the arguments would grow too long;
 * once where it takes no files. Its output is shown where it fails, with the folder of a copy taken out of it.
 */
export async function runCommand(
  job: CommandJob,
  command: CommandJob["command"],
  groups: readonly TargetGroup[],
  context: TaskContext,
  { hook, given }: Pick<HookRun, "hook" | "given">
): Promise<TaskResult> {
  const filled = withArgs(command, given.args);
  const calls = groups.flatMap((group) => callsOf(job, filled, group));
  const env = { K_HOOK: hook.name, K_JOB: context.id.split(":")[0], ...job.env };
  const problems: Problem[] = [];
  for (const { argv, cwd } of calls) {
    if (context.signal.aborted) {
      break;
    }
    const stdin = job.stdin === true ? { stdin: given.stdin } : {};
    const kept = new KeptOutput();
    const ran =
      job.interactive === true
        ? await context.exec(atTerminal(argv), { cwd, env })
        : await context.exec(argv, { cwd, env, onOutput: (text) => kept.add(text), ...stdin });
    if (ran.exitCode === 0) {
      continue;
    }
    const output = kept.text().replaceAll(`${cwd}/`, "");
    if (output !== "") {
      context.log(output);
    }
    problems.push({ kind: "task-failed", id: context.id, exitCode: ran.exitCode, command: shellLine(argv) });
  }
  const count = countOf(groups);
  const note = count === 0 ? {} : { note: `${count} ${count === 1 ? "file" : "files"}` };
  return problems.length === 0 ? { status: "passed", ...note } : { status: "failed", problems, ...note };
}

/** A file may be in several groups: as it is now, and as a commit of the push had it. */
function countOf(groups: readonly TargetGroup[]): number {
  const [first, ...others] = groups;
  if (others.length === 0) {
    return first?.entries.length ?? 0;
  }
  return new Set(groups.flatMap(({ entries }) => entries.map(({ path }) => path))).size;
}

/** `{args}` is all that git gives to the hook, `{1}` the first of it; one that is not given is empty. */
function withArgs([program, ...words]: Program, args: readonly string[]): Program {
  const fill = (word: string): readonly string[] =>
    word === "{args}" ? args : [word.replaceAll(/\{([1-9])\}/g, (_, digit: string) => args[Number(digit) - 1] ?? "")];
  return [program, ...words.flatMap(fill)];
}

/** Git gives no input to most hooks. */
function atTerminal(argv: Program): Program {
  return ["sh", "-c", 'exec "$@" < /dev/tty', "sh", ...argv];
}

interface Call {
  readonly argv: Program;
  /** Absolute. */
  readonly cwd: string;
}

function callsOf(
  { folder }: CommandJob,
  command: CommandJob["command"],
  { base, entries }: TargetGroup
): readonly Call[] {
  const below = folder === undefined ? "" : `${folder.replace(/\/+$/, "")}/`;
  const cwd = below === "" ? base : `${base}/${below.slice(0, -1)}`;
  if (!command.some((word) => word.includes(placeholder))) {
    return [{ argv: command, cwd }];
  }
  return sharesOf(entries, below.length).map((share) => ({ argv: withFiles(command, share), cwd }));
}

/** The files of one call. */
interface Share {
  readonly paths: readonly string[];
  readonly asArguments: readonly string[];
}

/** By list, of what is not in a folder: most jobs are called with all that there is. */
const known = new WeakMap<readonly FileEntry[], readonly Share[]>();

function sharesOf(entries: readonly FileEntry[], above: number): readonly Share[] {
  const made = above === 0 ? known.get(entries) : undefined;
  if (made !== undefined) {
    return made;
  }
  const paths = entries.map(({ path }) => path.slice(above));
  const shares = batches(paths, (path) => path, "fewest", { cores: 1 }).map((some) => ({
    paths: some,
    asArguments: some.map(asArgument),
  }));
  if (above === 0) {
    known.set(entries, shares);
  }
  return shares;
}

/** A word that is the placeholder becomes all paths; one that holds it becomes one word per path. */
function withFiles([program, ...words]: CommandJob["command"], { paths, asArguments }: Share): Call["argv"] {
  const fill = (word: string): readonly string[] => {
    if (word === placeholder) {
      return asArguments;
    }
    return word.includes(placeholder) ? paths.map((path) => word.replaceAll(placeholder, path)) : [word];
  };
  // Of a thousand paths for each of twenty jobs, this is the copy that costs least.
  return [program, ...([] as string[]).concat(...words.map(fill))];
}
