import { rmSync } from "node:fs";
import { join } from "node:path";
import preCommit from "../../hooks/pre-commit.ts";
import { floorManagers } from "../hook-managers/floors.ts";
import type { Manager, Work } from "../hook-managers/manager.ts";
import { ownManager } from "../hook-managers/own.ts";
import { peerManagers } from "../hook-managers/peers.ts";
import { type Job, makeJob } from "../job.ts";
import { type Contender, measure } from "../measure.ts";
import { makeRepository, type Repository, uniqueText } from "../repository.ts";
import type { Case } from "../results.ts";
import { defineSuite } from "../suite.ts";
import type { World } from "../world.ts";

const fileCount = 2000;
const linesPerFile = 60;

interface Commit {
  readonly name: string;
  readonly staged: number;
  /** One of the staged files has further edits that are not staged. */
  readonly partly: boolean;
}

const commits: readonly Commit[] = [
  { name: "1 file", staged: 1, partly: false },
  { name: "1 file, partly staged", staged: 1, partly: true },
  { name: "1,000 files", staged: 1000, partly: false },
  { name: "1,000 files, 1 partly staged", staged: 1000, partly: true },
];

export default defineSuite({
  summary: "git commit with a pre-commit hook",
  method: [
    `\`git commit --quiet --message x\` in a repository of ${fileCount.toLocaleString("en")} files, output thrown away.`,
    "Each job is one program that does nothing, called with all staged files. Staging is not in the times.",
    "Each manager runs its jobs as parallel as it can; pre-commit can only run them in turn.",
    "Before it is measured, each manager has to show that its jobs get every staged file exactly once.",
  ],
  *run(world) {
    for (const jobs of world.quick ? [21] : [1, 21]) {
      const job = makeJob(join(world.folder, "bin", "job"));
      const work = { jobs, program: job.program };
      const racers = managers(world).map((manager) => ready(manager, work, job, world));
      for (const commit of commits) {
        world.log(`hooks: ${jobs} ${jobs === 1 ? "job" : "jobs"}, ${commit.name}`);
        yield measureCommit(racers, commit, work, world);
      }
      for (const { repository } of racers) {
        rmSync(repository.root, { recursive: true });
      }
    }
  },
});

/** What `k` would run of its own accord. */
export const builtInJobs: readonly string[] = Object.keys(preCommit.jobs ?? {});

function managers(world: World): readonly Manager[] {
  const peers = peerManagers.filter(({ needs }) => needs.every((name) => world.peers.folder(name) !== undefined));
  return [
    ...world.own.map((own) => ownManager(own, builtInJobs)),
    ...peers.map(({ manager }) => manager),
    ...floorManagers(world),
  ];
}

/** A manager in a repository of its own. */
export interface Racer {
  readonly manager: Manager;
  readonly repository: Repository;
  /** Why it cannot take part. */
  readonly problem: string | undefined;
}

const pathOf = (index: number): string => `src/${String(index % 20).padStart(2, "0")}/file-${index}.txt`;

function ready(manager: Manager, work: Work, job: Job, world: World): Racer {
  world.log(`hooks: preparing ${manager.name}`);
  const paths = Array.from({ length: fileCount }, (_, index) => pathOf(index));
  return makeRacer(
    manager,
    work,
    job,
    world,
    Object.fromEntries(paths.map((path) => [path, uniqueText(path, 0, linesPerFile)]))
  );
}

/** Installs the manager in a new repository with these files, and has it show that its jobs see what is staged. */
export function makeRacer(
  manager: Manager,
  work: Work,
  job: Job,
  world: World,
  files: Readonly<Record<string, string>>
): Racer {
  const env = manager.env(world);
  const root = join(world.folder, `${manager.name.replaceAll(/\W+/g, "-")}-${work.jobs}`);
  const repository = makeRepository(root, { ...files, ...manager.files(work) }, env);
  try {
    manager.install(repository, world);
    repository.git("add", "--all");
    repository.git("commit", "--quiet", "--no-verify", "--allow-empty", "--message=install");
    prove(manager, repository, work, job);
    return { manager, repository, problem: undefined };
  } catch (error) {
    return { manager, repository, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** One commit whose jobs write down how many files they get. */
function prove({ runsJobs }: Manager, repository: Repository, work: Work, job: Job): void {
  stage(repository, { name: "", staged: 2, partly: false }, -1);
  const record = join(repository.root, ".git", "jobs-ran");
  const counts = job.recorded(record, () => void repository.git("commit", "--quiet", "--message=prove"));
  const wanted = runsJobs ? work.jobs : 0;
  if (counts.length !== wanted || counts.some((count) => count !== 2)) {
    throw new Error(`its jobs got ${counts.join(", ") || "no"} files, not 2 in each of ${wanted} calls`);
  }
}

function stage(repository: Repository, { staged, partly }: Commit, round: number): void {
  const paths = Array.from({ length: staged }, (_, index) => pathOf(index));
  repository.write(Object.fromEntries(paths.map((path) => [path, uniqueText(path, round, linesPerFile)])));
  repository.git("add", "--all");
  if (partly) {
    const first = pathOf(0);
    repository.write({ [first]: `${uniqueText(first, round, linesPerFile)}not staged\n` });
  }
}

function measureCommit(racers: readonly Racer[], commit: Commit, work: Work, world: World): Case {
  let round = 0;
  const contenders = racers.map(
    ({ manager, repository, problem }): Contender => ({
      name: manager.name,
      kind: manager.kind,
      problem,
      command: {
        argv: ["git", "commit", "--quiet", "--message", "x"],
        cwd: repository.root,
        env: manager.env(world),
      },
      prepare() {
        round += 1;
        stage(repository, commit, round);
      },
    })
  );
  return {
    group: `${work.jobs} ${work.jobs === 1 ? "job" : "jobs"}`,
    name: commit.name,
    measurements: measure(contenders, world.effort({ full: 30, quick: 3 })),
  };
}
