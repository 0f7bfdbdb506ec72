import { expect, test } from "bun:test";
import { cpSync, lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type HookedRepository, hookedAt, makeHooked } from "../support/hooked-repository.ts";
import { twoFileSystems } from "../support/small-disk.ts";
import { kArguments } from "../support/sandbox.ts";

const time = 120_000;

const long = (head: string, tail: string): string => `${head}\n1\n2\n3\n4\n5\n${tail}\n`;

/** One of each: clean, with an unstaged change elsewhere, with one on the same line, gone, unfixed, untouched, untracked. */
function fill(repository: HookedRepository): void {
  repository.write({
    clean: long("fixme clean", "end"),
    other: long("fixme other", "end"),
    same: long("fixme same", "end"),
    gone: "fixme gone\n",
    plain: "plain\n",
  });
  repository.git("add", "--all");
  repository.write({
    other: long("fixme other", "mine"),
    same: long("my fixme same", "end"),
    untracked: "fixme untracked\n",
    unstaged: "my fixme\n",
  });
  rmSync(repository.at("gone"));
}

const start = {
  clean: long("old", "end"),
  other: long("old", "end"),
  same: long("old", "end"),
  gone: "old\n",
  plain: "old\n",
  unstaged: "old\n",
};

interface State {
  readonly head: string;
  readonly index: string;
  /** Content by path, with the time and inode of what was not rewritten. */
  readonly files: string;
}

function stateOf(repository: HookedRepository): State {
  return {
    head: repository.git("rev-parse", "HEAD^{tree}"),
    index: repository.git("ls-files", "-s"),
    files: filesOf(repository),
  };
}

function filesOf(repository: HookedRepository): string {
  const names = ["clean", "other", "same", "gone", "plain", "unstaged", "untracked"];
  return JSON.stringify(names.map((name) => [name, readIfThere(repository.at(name))]));
}

function readIfThere(path: string): string | undefined {
  return lstatSync(path, { throwIfNoEntry: false }) === undefined ? undefined : readFileSync(path, "utf8");
}

/** Across file systems a file that is taken back may be a copy, with its time cut to what can be set. */
const inodes = (repository: HookedRepository, { isElsewhere }: Way): readonly (readonly number[])[] =>
  ["clean", "other", "same", "unstaged"].map((name) => {
    const { ino, mtimeMs, mode } = lstatSync(repository.at(name));
    return [isElsewhere === true ? 0 : ino, isElsewhere === true ? Math.floor(mtimeMs) : mtimeMs, mode];
  });

const places = twoFileSystems();

interface Way {
  readonly name: string;
  readonly args: readonly string[];
  /** The commit is made of an index that git throws away when the hook dies. */
  readonly isTemporary: boolean;
  /** The working tree is on another file system than the repository. */
  readonly isElsewhere?: true;
}

const ways: readonly Way[] = [
  { name: "git commit", args: ["commit", "-m", "m"], isTemporary: false },
  { name: "git commit -a", args: ["commit", "-a", "-m", "m"], isTemporary: true },
  { name: "git commit PATH", args: ["commit", "-m", "m", "clean", "other", "same"], isTemporary: true },
  ...(places === undefined
    ? []
    : [
        {
          name: "git commit across file systems",
          args: ["commit", "-m", "m"],
          isTemporary: false,
          isElsewhere: true,
        } as const,
        {
          name: "git commit -a across file systems",
          args: ["commit", "-a", "-m", "m"],
          isTemporary: true,
          isElsewhere: true,
        } as const,
      ]),
];

function make({ isElsewhere }: Way): HookedRepository {
  if (places === undefined || isElsewhere === undefined) {
    const repository = makeHooked(start);
    fill(repository);
    return repository;
  }
  const repository = makeHooked(start, places[1]);
  const gitDir = mkdtempSync(join(places[0], "k-test-"));
  cpSync(repository.at(".git"), `${gitDir}/git`, { recursive: true });
  rmSync(repository.at(".git"), { recursive: true });
  writeFileSync(repository.at(".git"), `gitdir: ${gitDir}/git\n`);
  fill(repository);
  return {
    ...repository,
    get gitDir() {
      return `${gitDir}/git`;
    },
    [Symbol.dispose]() {
      repository[Symbol.dispose]();
      rmSync(gitDir, { recursive: true });
    },
  };
}

for (const way of ways) {
  test(
    `killed before any step of a fix, ${way.name} leaves all as before or as after, and the next run puts it in order`,
    () => {
      const after = uninterrupted(way);
      for (let step = 0; step < after.steps; step += 1) {
        using repository = make(way);
        const [before, beforeInodes] = [stateOf(repository), inodes(repository, way)];
        const ran = repository.run(way.args, { killAt: step });
        expect({ step, exitCode: ran.exitCode }).toEqual({ step, exitCode: 1 });
        const killed = stateOf(repository);
        expect(killed.head).toBe(before.head);
        expect(way.isTemporary ? [before.index] : [before.index, after.state.index]).toContain(killed.index);
        expectEachOf(killed.files, before.files, after.state.files);
        expect(repository.recover()).toMatchObject({ exitCode: 0, stderr: "" });
        const recovered = stateOf(repository);
        const isBefore = recovered.index === before.index;
        expect({ step, files: recovered.files }).toEqual({ step, files: isBefore ? before.files : after.state.files });
        if (isBefore) {
          expect(inodes(repository, way)).toEqual(beforeInodes);
        }
        expect(repository.git("status", "--porcelain", "--untracked-files=all").match(/^\?\? .*$/gm)).toEqual([
          "?? untracked",
        ]);
        expect({ step, left: repository.leftovers() }).toEqual({ step, left: [] });
        expect(repository.run(way.args).exitCode).toBe(0);
        expect(stateOf(repository)).toEqual(after.state);
      }
    },
    time
  );

  if (way.isElsewhere === true) {
    continue;
  }
  test(
    `killed before any step of a fix, ${way.name} can be repeated at once`,
    () => {
      const after = uninterrupted(way);
      for (let step = 0; step < after.steps; step += 1) {
        using repository = make(way);
        expect(repository.run(way.args, { killAt: step }).exitCode).toBe(1);
        // Only one step is between the lock and the index: git wants to be told that its owner is dead.
        if (repository.run(way.args).stderr.includes("index.lock': File exists")) {
          expect(repository.recover().exitCode).toBe(0);
          expect(repository.run(way.args).exitCode).toBe(0);
        }
        expect({ step, ...stateOf(repository) }).toEqual({ step, ...after.state });
        expect(repository.leftovers()).toEqual([]);
      }
    },
    time
  );
}

/** Before a last step of the fix: of three files none has it yet; all have it, and only the journal is still there. */
for (const [way, fromEnd, outcome] of [
  [ways[0], 3, "after"],
  [ways[0], 2, "after"],
  [ways[1], 1, "before"],
  [ways[2], 2, "before"],
  [ways[3], 2, "after"],
  [ways[4], 1, "before"],
] as const) {
  if (way === undefined) {
    continue;
  }
  test(
    `recovery of ${way.name} may itself be killed before any of its steps, ${fromEnd} before the end`,
    () => {
      const after = uninterrupted(way);
      for (let step = 0, isKilled = true; isKilled; step += 1) {
        using repository = make(way);
        const wanted = outcome === "after" ? after.state : stateOf(repository);
        expect(repository.run(way.args, { killAt: after.steps - fromEnd }).exitCode).toBe(1);
        isKilled = repository.recover({ killAt: step }).exitCode !== 0;
        expect(repository.recover().exitCode).toBe(0);
        expect({ step, ...stateOf(repository), head: wanted.head }).toEqual({ step, ...wanted });
        expect(repository.leftovers()).toEqual([]);
        if (!isKilled) {
          expect(step).toBeGreaterThan(2);
        }
      }
    },
    time
  );
}

test(
  "a killed git commit -a is taken back also where the index that stays happens to hold what the fix makes",
  () => {
    const names = ["a", "b"];
    using repository = makeHooked({ a: "old\n", b: "old\n" });
    const staged = Object.fromEntries(names.map((name) => [name, `FIXME ${name.toUpperCase()}\n`]));
    repository.write(staged);
    repository.git("add", "--all");
    const mine = Object.fromEntries(names.map((name) => [name, `fixme ${name}\n`]));
    repository.write(mine);
    const report = repository.at("../report");
    const before = repository.git("ls-files", "-s");
    cpSync(repository.root, repository.at("../copy"), { recursive: true });
    const copy = hookedAt(repository.at("../copy"), repository.env);
    expect(copy.run(["commit", "-a", "-m", "m"], { report }).exitCode).toBe(0);
    const { steps } = JSON.parse(readFileSync(report, "utf8")) as { steps: number };
    expect(repository.run(["commit", "-a", "-m", "m"], { killAt: steps - 2 }).exitCode).toBe(1);
    expect(names.map((name) => repository.read(name))).toContain("FIXME A\n");
    expect(repository.recover().stdout).toContain("taken back in 1 file");
    expect(names.map((name) => repository.read(name))).toEqual(["fixme a\n", "fixme b\n"]);
    expect(repository.git("ls-files", "-s")).toBe(before);
  },
  time
);

test(
  "whichever command of k comes next finishes what a killed hook left, and says so once",
  () => {
    const [way] = ways;
    if (way === undefined) {
      throw new Error("there is a way");
    }
    const after = uninterrupted(way);
    using repository = make(way);
    expect(repository.run(way.args, { killAt: after.steps - 3 }).exitCode).toBe(1);
    expect(repository.leftovers()).not.toEqual([]);
    const k = (...args: readonly string[]) =>
      Bun.spawnSync([process.execPath, ...kArguments, ...args], { cwd: repository.root, env: repository.env });
    const first = k("list");
    expect([first.exitCode, first.stderr.toString()]).toEqual([0, expect.stringMatching(/^git hooks: .*killed/)]);
    expect(repository.leftovers()).toEqual([]);
    expect({ ...stateOf(repository), head: after.state.head }).toEqual(after.state);
    expect(k("list").stderr.toString()).toBe("");
  },
  time
);

/** The state that comes out, and how many steps on the disk it took. */
function uninterrupted(way: Way): { readonly state: State; readonly steps: number } {
  using repository = make(way);
  const report = repository.at("../report");
  expect(repository.run(way.args, { report }).exitCode).toBe(0);
  const { steps } = JSON.parse(readFileSync(report, "utf8")) as { steps: number };
  expect(steps).toBeGreaterThan(10);
  return { state: stateOf(repository), steps };
}

function expectEachOf(files: string, before: string, after: string): void {
  const [now, then, later] = [files, before, after].map(
    (text) => JSON.parse(text) as (readonly [string, string | null])[]
  );
  for (const [at, [name, content]] of (now ?? []).entries()) {
    expect([then?.[at], later?.[at]]).toContainEqual([name, content]);
  }
}
