import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { makeJob } from "../job.ts";
import { type Contender, measure } from "../measure.ts";
import type { Command } from "../process.ts";
import type { Case, Kind } from "../results.ts";
import { runners } from "../runners/index.ts";
import { emptyTab, makeProject, type RunnerProject, tabCommand } from "../runners/project.ts";
import { taskNames } from "../runners/runner.ts";
import { defineSuite } from "../suite.ts";
import type { World } from "../world.ts";

const parallel = 50;

export default defineSuite({
  summary: "Start-up, list, TAB and tasks that do nothing",
  method: [
    "Whole processes, output thrown away. Each task runs one program that does nothing; the project is a git repository.",
    "TAB is all that bash does behind `work-`: it loads the runner's script, calls its function, and gets every task's name.",
    "Before it is measured, each runner has to show that it runs what it is asked for, once, and lists its tasks.",
    "`k` has its own built-in tasks beside those of the project; the others have only the project's.",
  ],
  *run(world) {
    const job = makeJob(join(world.folder, "bin", "job"));
    for (const count of world.quick ? [100, 1000] : [10, 100, 1000, 5000]) {
      const tasks = { names: taskNames(count), program: job.program, parallel: Math.min(parallel, count) };
      const name = `${count.toLocaleString("en")} tasks`;
      world.log(`tasks: preparing ${name}`);
      const projects = runners(world).map((runner) => makeProject(runner, tasks, job, world));
      const floors = new Floors(world, job.program);
      if (count === 100) {
        yield race("start and run", "--version", projects, ({ runner }) => runner.version, [floors.bun], world);
        yield race(
          "start and run",
          `${parallel} tasks at once`,
          projects,
          (one) => one.runner.runAll(tasks),
          [floors.shell(parallel)],
          world
        );
      }
      yield race("list", name, projects, ({ runner }) => runner.list, [floors.bun], world);
      const last = tasks.names.at(-1) ?? "";
      yield race(
        "run one task",
        name,
        projects,
        ({ runner }) => runner.run(last),
        [floors.bunJob, floors.shell(1)],
        world
      );
      yield race("TAB", name, projects, tabCommand, [floors.tab(tasks.names)], world);
    }
  },
});

type Asked = Command | Command["argv"] | undefined;

/** One case: what each project is asked for, and what nobody can get below. */
function race(
  group: string,
  name: string,
  projects: readonly RunnerProject[],
  ask: (project: RunnerProject) => Asked,
  floors: readonly Contender[],
  world: World
): Case {
  world.log(`tasks: ${group}, ${name}`);
  const contenders = projects.flatMap((project): readonly Contender[] => {
    const { runner, root, problem } = project;
    const about: { readonly name: string; readonly kind: Kind } = { name: runner.name, kind: runner.kind };
    const none: Command = { argv: ["true"], cwd: root, env: runner.env };
    try {
      const asked = problem === undefined ? ask(project) : none;
      if (asked === undefined) {
        return [];
      }
      const command = "argv" in asked ? asked : { argv: asked, cwd: root, env: runner.env };
      return [{ ...about, command, problem }];
    } catch (error) {
      return [{ ...about, command: none, problem: error instanceof Error ? error.message : String(error) }];
    }
  });
  return {
    group,
    name,
    measurements: measure([...contenders, ...floors], world.effort({ full: 21, quick: 5 })),
  };
}

class Floors {
  readonly #world: World;
  readonly #program: string;

  constructor(world: World, program: string) {
    this.#world = world;
    this.#program = program;
  }

  #contender(name: string, argv: Command["argv"]): Contender {
    return { name, kind: "floor", command: { argv, cwd: this.#world.folder, env: this.#world.env() } };
  }

  get bun(): Contender {
    return this.#contender("an empty Bun program", [this.#world.bun, this.#file("empty.js", "")]);
  }

  /** Bun that runs the program too. */
  get bunJob(): Contender {
    const text = `await Bun.spawn([${JSON.stringify(this.#program)}]).exited;\n`;
    return this.#contender("Bun starting one", [this.#world.bun, this.#file("one.js", text)]);
  }

  /** A shell that starts so many at once. */
  shell(count: number): Contender {
    return this.#contender("sh by hand", ["sh", "-c", `${`${this.#program} & `.repeat(count)}wait`]);
  }

  tab(names: readonly string[]): Contender {
    const command = emptyTab(this.#world.folder, names, this.#world.env());
    return { name: "bash alone", kind: "floor", command };
  }

  #file(name: string, text: string): string {
    const path = join(this.#world.folder, name);
    writeFileSync(path, text);
    return path;
  }
}
