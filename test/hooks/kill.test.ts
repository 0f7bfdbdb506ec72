import { expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { readProcessTable } from "../../lib/host/process/process-table.ts";
import { Dice } from "../support/dice.ts";
import { upperCaseFixmes } from "../support/fixme.ts";
import { type HookedRepository, makeHooked } from "../support/hooked-repository.ts";

/** `K_TEST_KILLS=300 bun test test/hooks/kill` is a long run. */
const kills = Number(process.env["K_TEST_KILLS"] ?? 24);
const seed = Number(process.env["K_TEST_SEED"] ?? Math.floor(Math.random() * 1e9));

const names = Array.from({ length: 60 }, (_, at) => `folder/file-${at}`);
const text = (first: string, last: string): string => `${first}\n1\n2\n3\n4\n5\n${last}\n`;
const ways = [
  ["commit", "-m", "m"],
  ["commit", "-a", "-m", "m"],
  ["commit", "-m", "m", "folder"],
] as const;
const victims = ["hook", "git", "both"] as const;

type Victim = (typeof victims)[number];

/** All staged with something to fix; every third with an unstaged change of its own. */
function fill(repository: HookedRepository): void {
  repository.write(Object.fromEntries(names.map((name) => [name, text(`fixme ${name}`, "end")])));
  repository.git("add", "--all");
  repository.write(
    Object.fromEntries(names.filter((_, at) => at % 3 === 0).map((name) => [name, text(`fixme ${name}`, "mine")]))
  );
}

const filesOf = (repository: HookedRepository): readonly string[] => names.map((name) => repository.read(name));
const fixedOf = (files: readonly string[]): readonly string[] =>
  files.map((content) => upperCaseFixmes(Buffer.from(content)).toString());

/** The hook's first moment; that in which it begins to apply its fixes; that from which it changes what others see. */
const moments = ["begin", "apply", "journal"] as const;
type Moment = (typeof moments)[number];

/** Kills some time after a moment of the hook; resolves when both have ended. */
async function commitAndKill(
  repository: HookedRepository,
  args: readonly string[],
  victim: Victim,
  moment: Moment,
  afterMs: number
): Promise<number> {
  const pidFile = repository.at("../pid");
  const git = repository.start(args, { pidFile, pidAt: moment === "journal" ? "apply" : moment });
  while (!existsSync(pidFile) && git.exitCode === null) {
    await Bun.sleep(1);
  }
  if (moment === "journal") {
    spinToJournal(repository, afterMs);
  } else {
    await Bun.sleep(afterMs);
  }
  const hook = Number(readFileSync(pidFile, "utf8"));
  for (const pid of victim === "hook" ? [hook] : victim === "git" ? [git.pid] : [git.pid, hook]) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {
      // It was faster.
    }
  }
  const exitCode = await git.exited;
  // A hook may outlive its git.
  while (isAlive(hook)) {
    await Bun.sleep(5);
  }
  return exitCode;
}

/** One that is dead and that nobody has collected yet is not. */
function isAlive(pid: number): boolean {
  return readProcessTable().some((row) => row.pid === pid);
}

/** All behind it takes a few milliseconds: too short for a timer. */
function spinToJournal(repository: HookedRepository, afterMs: number): void {
  const runs = repository.at(".git/k");
  for (let live = entries(runs); live.length > 0; live = entries(runs)) {
    if (live.some((run) => existsSync(`${runs}/${run}/journal`))) {
      break;
    }
  }
  const end = performance.now() + afterMs;
  while (performance.now() < end) {
    // On to the next look.
  }
}

function entries(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** In ms, from that moment to the end of git. */
async function usualTime(args: readonly string[], pidAt: "begin" | "apply"): Promise<number> {
  using repository = makeHooked(Object.fromEntries(names.map((name) => [name, text("old", "end")])));
  fill(repository);
  const pidFile = repository.at("../pid");
  const git = repository.start(args, { pidFile, pidAt });
  while (!existsSync(pidFile)) {
    await Bun.sleep(1);
  }
  const began = performance.now();
  expect(await git.exited).toBe(0);
  return performance.now() - began;
}

test(
  `${kills} kills at random moments leave all as before or as after (seed ${seed})`,
  async () => {
    const dice = new Dice(seed);
    const times = { begin: await usualTime(ways[0], "begin"), apply: await usualTime(ways[0], "apply"), journal: 4 };
    const met = { committed: 0, before: 0, after: 0, half: 0, recovered: 0 };
    for (let kill = 0; kill < kills; kill += 1) {
      using repository = makeHooked(Object.fromEntries(names.map((name) => [name, text("old", "end")])));
      fill(repository);
      const before = {
        index: repository.git("ls-files", "-s"),
        files: filesOf(repository),
        head: repository.git("rev-parse", "HEAD"),
      };
      const [way, victim] = [dice.roll(ways.length), dice.pick(victims)];
      const moment = dice.pick(moments);
      const exitCode = await commitAndKill(
        repository,
        ways[way] ?? ways[0],
        victim,
        moment,
        (dice.roll(1000) / 1000) * times[moment]
      );
      const what = { seed, kill, way: ways[way], victim, moment, exitCode };
      const recovery = repository.recover();
      expect({ ...what, stderr: recovery.stderr }).toEqual({ ...what, stderr: "" });
      const after = {
        index: repository.git("ls-files", "-s"),
        files: filesOf(repository),
        head: repository.git("rev-parse", "HEAD"),
      };
      if (recovery.stdout !== "") {
        met.recovered += 1;
      }
      const isCommitted = after.head !== before.head;
      const isWhole = [before.files, fixedOf(before.files)].map((files) => Bun.deepEquals(files, after.files));
      met[isCommitted ? "committed" : isWhole[0] === true ? "before" : isWhole[1] === true ? "after" : "half"] += 1;
      expect({ ...what, whole: isWhole.includes(true) }).toEqual({ ...what, whole: true });
      // Where the hook finished without its git, the fixes of `-a` and PATH are there unstaged; else both go together.
      const isLasting = way === 0;
      if (isLasting) {
        expect({ ...what, same: after.index === before.index }).toEqual({ ...what, same: isWhole[0] === true });
      } else if (!isCommitted) {
        expect({ ...what, index: after.index }).toEqual({ ...what, index: before.index });
      }
      expect({ ...what, left: repository.leftovers() }).toEqual({ ...what, left: [] });
      // What git itself leaves when it is killed; it asks the user to remove it.
      for (const lock of ["index.lock", "HEAD.lock", "refs/heads/main.lock"]) {
        rmSync(repository.at(".git", lock), { force: true });
      }
      repository.run(ways[way] ?? ways[0]);
      expect({ ...what, files: filesOf(repository) }).toEqual({ ...what, files: fixedOf(before.files) });
      expect(repository.git("show", `HEAD:${names[1]}`)).toBe(
        text(`fixme ${names[1]}`, "end").replace(/.*/, (line) => line.toUpperCase())
      );
    }
    console.log(met, times);
  },
  60_000 + kills * 5_000
);
