import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "../job.ts";
import { call, type Command } from "../process.ts";
import { makeRepository } from "../repository.ts";
import type { World } from "../world.ts";
import type { Runner, Tasks } from "./runner.ts";

/** A runner in a project of its own, which it was shown to understand. */
export interface RunnerProject {
  readonly runner: Runner;
  readonly root: string;
  readonly tasks: Tasks;
  /** Why it cannot take part. */
  readonly problem: string | undefined;
}

export function makeProject(runner: Runner, tasks: Tasks, job: Job, world: World): RunnerProject {
  const root = join(world.folder, `${runner.name.replaceAll(/\W+/g, "-")}-${tasks.names.length}`);
  const repository = makeRepository(root, runner.files(tasks), runner.env);
  try {
    runner.prepare(repository);
    prove(runner, tasks, root, job);
    return { runner, root, tasks, problem: undefined };
  } catch (error) {
    return { runner, root, tasks, problem: error instanceof Error ? error.message : String(error) };
  }
}

function prove(runner: Runner, tasks: Tasks, root: string, job: Job): void {
  const { env } = runner;
  const record = join(root, ".git", "calls");
  const last = tasks.names.at(-1) ?? "";
  const expectCalls = (argv: Command["argv"], wanted: number): void => {
    const calls = job.recorded(record, () => void call({ argv, cwd: root, env })).length;
    if (calls !== wanted) {
      throw new Error(`${argv.join(" ").slice(0, 200)} ran ${calls} tasks, not ${wanted}`);
    }
  };
  expectCalls(runner.run(last), 1);
  expectCalls(runner.runAll(tasks), tasks.parallel);
  if (runner.list !== undefined && !call({ argv: runner.list, cwd: root, env }).includes(last)) {
    throw new Error(`its list lacks ${last}`);
  }
}

/** What bash does at a TAB behind `work-`: it loads the script, calls the function, and has an answer. */
const tabScript = `. "$1"
shift
[[ $(complete -p "$1") =~ -F\\ ([^ ]+) ]] || exit 3
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMP_LINE="$*" COMP_POINT=\${#COMP_LINE} COMP_TYPE=9 COMP_KEY=9
"\${BASH_REMATCH[1]}" "$1" "\${!#}" "\${COMP_WORDS[COMP_CWORD - 1]}" || :
(( \${#COMPREPLY[@]} >= $TASKS ))`;

/** Undefined where the runner has no completion; throws where it does not answer. */
export function tabCommand({ runner, root, tasks }: RunnerProject): Command | undefined {
  const { completion, env } = runner;
  if (completion === undefined) {
    return undefined;
  }
  const { script, scriptEnv = {}, command, before } = completion;
  const file = join(root, ".git", "completion.bash");
  writeFileSync(file, call({ argv: script, cwd: root, env: { ...env, ...scriptEnv } }));
  return bashTab(file, [command, ...before], root, { ...env, TASKS: String(tasks.names.length) });
}

function bashTab(file: string, words: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Command {
  return { argv: ["bash", "--norc", "--noprofile", "-c", tabScript, "bash", file, ...words, "work-"], cwd, env };
}

/** The least that a TAB costs: bash, and a function that has the answer. */
export function emptyTab(folder: string, names: readonly string[], env: Readonly<Record<string, string>>): Command {
  const file = join(folder, "floor.bash");
  writeFileSync(file, `_floor() { COMPREPLY=(${names.join(" ")}); }\ncomplete -F _floor floor\n`);
  return bashTab(file, ["floor"], folder, { ...env, TASKS: String(names.length) });
}
