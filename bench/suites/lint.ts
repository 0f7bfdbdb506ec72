import { rmSync } from "node:fs";
import { join } from "node:path";
import { byHand, gitStatus } from "../lint-runs/by-hand.ts";
import { faults, lintFiles } from "../lint-runs/files.ts";
import { type Linter, linters } from "../lint-runs/linters.ts";
import type { LintRun } from "../lint-runs/lint-run.ts";
import { ownLintRun } from "../lint-runs/own.ts";
import { peerLintRuns } from "../lint-runs/peers.ts";
import { type Contender, type Effort, measure } from "../measure.ts";
import { call } from "../process.ts";
import { makeRepository, type Repository } from "../repository.ts";
import type { Case, Kind } from "../results.ts";
import { defineSuite } from "../suite.ts";
import type { World } from "../world.ts";

/** The size at which each shows that it works. */
const smallest = 100;

export default defineSuite({
  summary: "Lint of a whole project, cold and warm",
  method: [
    "biome, eslint and shellcheck over all files of a git repository, called with the same programs, arguments and configs by all.",
    "Of twenty files thirteen are TypeScript, four JSON, one a shell script; two no linter looks at. No linter finds anything in them.",
    "Cold: nothing is kept from an earlier run. Warm: nothing changed since the last run. Only `k` and mise keep anything between runs: mise trusts times of files, `k` their content.",
    "Before it is measured, each has to fail where a file has a fault, once for each linter.",
    "From 10,000 files on, cold is one run each, in which its memory is measured too; with 100,000, `k` alone stands beside the floors: a run takes minutes.",
  ],
  *run(world) {
    for (const count of world.quick ? [smallest, 1000] : [100, 1000, 10_000, 100_000]) {
      yield* measureSize(count, world);
    }
  },
});

/** A run in a repository of its own. */
export interface LintRacer {
  readonly run: LintRun;
  readonly repository: Repository;
  readonly problem: string | undefined;
}

function* measureSize(count: number, world: World): Iterable<Case> {
  const used = linters();
  const name = `${count.toLocaleString("en")} files`;
  world.log(`lint: preparing ${name}`);
  const files = lintFiles(count);
  const all = [
    ...world.own.map((own) => ownLintRun(own, world)),
    ...peerLintRuns(world),
    byHand(world),
    gitStatus(world),
  ];
  const isCold = !world.quick || count === smallest;
  // What takes minutes is measured of few: of one `k`, and at last only beside the floors.
  const takesPart: Readonly<Record<Kind, (run: LintRun) => boolean>> = {
    k: ({ name: own }) => count <= 1000 || own === world.own[0]?.name,
    peer: (run) => count <= 10_000 && (isCold || run.warm(used) !== undefined),
    floor: () => true,
  };
  const runs = all.filter((run) => takesPart[run.kind](run));
  // It takes a run per linter, so once is enough; a quick run takes it on trust from the tests.
  const proof = count === smallest && !world.quick;
  const racers = runs.map((run) => makeLintRacer(run, used, files, world, proof));
  if (isCold) {
    world.log(`lint: cold, ${name}`);
    yield {
      group: "cold",
      name,
      measurements: measure(
        racers.flatMap((racer) => coldContender(racer, used)),
        coldEffort(count, world)
      ),
    };
  }
  world.log(`lint: warm, ${name}`);
  const warm = racers.flatMap((racer) => warmContender(racer, used));
  yield { group: "warm", name, measurements: measure(warm, world.effort({ full: 15, quick: 5 })) };
  for (const { repository } of racers) {
    rmSync(repository.root, { recursive: true });
  }
}

/** A cold run of many files takes minutes; a warm one does not. */
function coldEffort(count: number, world: World): Effort {
  const effort = world.effort({ full: 11, quick: 2 });
  if (count <= 1000) {
    return world.quick ? { ...effort, warmups: 0 } : effort;
  }
  return { ...effort, warmups: 0, rounds: 1, long: true };
}

/** With `proof` it also has to pass as it is, and to fail on each linter's fault. */
export function makeLintRacer(
  run: LintRun,
  used: readonly Linter[],
  files: Readonly<Record<string, string>>,
  world: World,
  proof: boolean
): LintRacer {
  const count = Object.keys(files).length;
  const root = join(world.folder, `lint-${run.name.replaceAll(/\W+/g, "-")}-${count}`);
  const repository = makeRepository(root, { ...files, ...run.files(used) }, run.env);
  try {
    run.prepare(repository);
    if (proof && run.name !== "git status") {
      prove(run, repository, used);
    }
    return { run, repository, problem: undefined };
  } catch (error) {
    return { run, repository, problem: error instanceof Error ? error.message : String(error) };
  }
}

function prove(run: LintRun, repository: Repository, used: readonly Linter[]): void {
  const { root } = repository;
  const command = { argv: run.cold(used), cwd: root, env: run.env };
  call(command);
  for (const { name } of used) {
    const fault = faults[name];
    if (fault === undefined) {
      throw new Error(`no fault is known that ${name} would find`);
    }
    repository.write({ [fault.path]: fault.text });
    repository.git("add", "--all");
    const ran = Bun.spawnSync([...command.argv], { cwd: root, env: run.env, stdout: "ignore", stderr: "ignore" });
    repository.git("rm", "--quiet", "--force", fault.path);
    if (ran.exitCode === 0) {
      throw new Error(`it did not fail on what ${name} finds in ${fault.path}`);
    }
  }
}

function coldContender({ run, repository, problem }: LintRacer, used: readonly Linter[]): readonly Contender[] {
  if (run.name === "git status") {
    return [];
  }
  return [
    {
      name: run.name,
      kind: run.kind,
      command: { argv: run.cold(used), cwd: repository.root, env: run.env },
      problem,
      prepare: () => run.forget?.(repository),
    },
  ];
}

/** The cold runs have filled what it keeps; one more run follows the last that forgot it. */
function warmContender({ run, repository, problem }: LintRacer, used: readonly Linter[]): readonly Contender[] {
  const argv = run.warm(used);
  if (argv === undefined) {
    return [];
  }
  const command = { argv, cwd: repository.root, env: run.env };
  let broken = problem;
  try {
    if (broken === undefined) {
      call(command);
    }
  } catch (error) {
    broken = error instanceof Error ? error.message : String(error);
  }
  return [{ name: run.name, kind: run.kind, command, problem: broken }];
}
