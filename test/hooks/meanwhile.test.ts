import { expect, test } from "bun:test";
import { chmodSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { hookedAt, type HookedRepository, makeHooked } from "../support/hooked-repository.ts";
import { whilePaused } from "../support/paused-hook.ts";

const time = 60_000;

const commit = ["commit", "-m", "m"] as const;
const head = (repository: HookedRepository, path: string): string => repository.git("show", `HEAD:${path}`);
const status = (repository: HookedRepository): string => repository.git("status", "--porcelain");

function repositoryWith(files: Readonly<Record<string, string>>): HookedRepository {
  const repository = makeHooked(Object.fromEntries(Object.keys(files).map((path) => [path, "old\n"])));
  repository.write(files);
  repository.git("add", "--all");
  return repository;
}

const saves: readonly (readonly [how: string, save: (repository: HookedRepository, text: string) => void])[] = [
  ["in place", (repository, text) => writeFileSync(repository.at("a"), text)],
  [
    "by rename",
    (repository, text) => {
      writeFileSync(repository.at(".a.swp"), text);
      renameSync(repository.at(".a.swp"), repository.at("a"));
    },
  ],
  [
    "with its old time",
    (repository, text) => {
      const { atime, mtime } = lstatSync(repository.at("a"));
      writeFileSync(repository.at("a"), text);
      utimesSync(repository.at("a"), atime, mtime);
    },
  ],
];

for (const [how, save] of saves) {
  for (const pauseAt of ["opened", "fixed"] as const) {
    test(
      `what an editor saves ${how} while the hook has ${pauseAt} stays, and what was staged is fixed and committed`,
      async () => {
        using repository = repositoryWith({ a: "fixme\n", b: "fixme\n" });
        const report = repository.at("../report");
        const ran = await whilePaused(repository, commit, { pauseAt, report }, () => save(repository, "saved fixme\n"));
        expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
        expect([head(repository, "a"), head(repository, "b")]).toEqual(["FIXME\n", "FIXME\n"]);
        expect([repository.read("a"), repository.read("b")]).toEqual(["saved fixme\n", "FIXME\n"]);
        expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({
          written: ["b"],
          indexOnly: [{ path: "a", because: "changed-meanwhile" }],
        });
        expect(status(repository)).toBe(" M a\n");
      },
      time
    );
  }
}

test(
  "a save that leaves size and time as they were is seen, and kept",
  async () => {
    using repository = repositoryWith({ a: "fixme\n" });
    const [second, report] = [1_000_000_000, repository.at("../report")];
    utimesSync(repository.at("a"), second, second);
    const ran = await whilePaused(repository, commit, { report }, () => {
      writeFileSync(repository.at("a"), "saved\n");
      utimesSync(repository.at("a"), second, second);
    });
    expect(ran.exitCode).toBe(0);
    expect(JSON.parse(readFileSync(report, "utf8"))).toMatchObject({ conflicts: ["a"] });
    expect([head(repository, "a"), repository.read("a")]).toEqual(["FIXME\n", "saved\n"]);
  },
  time
);

test(
  "a save of a file with unstaged changes stays, and so does one of a file that is not staged",
  async () => {
    using repository = repositoryWith({ a: "fixme\n2\n3\n4\n5\n", other: "1\n" });
    repository.write({ a: "fixme\n2\n3\n4\nmine\n" });
    const ran = await whilePaused(repository, commit, {}, () =>
      repository.write({ a: "fixme\n2\n3\n4\nsaved\n", other: "fixme saved\n" })
    );
    expect(ran.exitCode).toBe(0);
    expect([head(repository, "a"), repository.read("a"), repository.read("other")]).toEqual([
      "FIXME\n2\n3\n4\n5\n",
      "fixme\n2\n3\n4\nsaved\n",
      "fixme saved\n",
    ]);
  },
  time
);

test(
  "a file that the user deletes meanwhile does not come back",
  async () => {
    using repository = repositoryWith({ a: "fixme\n" });
    expect((await whilePaused(repository, commit, {}, () => rmSync(repository.at("a")))).exitCode).toBe(0);
    expect([head(repository, "a"), status(repository)]).toEqual(["FIXME\n", " D a\n"]);
  },
  time
);

test(
  "a change of the mode meanwhile stays and does not keep the fix away",
  async () => {
    using repository = repositoryWith({ a: "fixme\n" });
    expect((await whilePaused(repository, commit, {}, () => chmodSync(repository.at("a"), 0o755))).exitCode).toBe(0);
    expect([head(repository, "a"), repository.read("a"), lstatSync(repository.at("a")).mode & 0o777]).toEqual([
      "FIXME\n",
      "FIXME\n",
      0o755,
    ]);
  },
  time
);

test(
  "a git add meanwhile stops the commit, and nothing is fixed",
  async () => {
    using repository = repositoryWith({ a: "fixme\n" });
    const ran = await whilePaused(repository, commit, {}, () => {
      repository.write({ late: "late\n" });
      repository.git("add", "late");
    });
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain("the commit is stopped: the index changed while the checks ran");
    expect([repository.read("a"), status(repository), repository.leftovers()]).toEqual([
      "fixme\n",
      "M  a\nA  late\n",
      [],
    ]);
  },
  time
);

test(
  "an editor's git status, which writes the index anew, is no change",
  async () => {
    using repository = repositoryWith({ a: "fixme\n", other: "1\n" });
    const ran = await whilePaused(repository, commit, {}, () => {
      const before = lstatSync(repository.at(".git/index")).ino;
      utimesSync(repository.at("other"), 1_000_000_000, 1_000_000_000);
      repository.git("status");
      expect(lstatSync(repository.at(".git/index")).ino).not.toBe(before);
    });
    expect(ran).toMatchObject({ exitCode: 0, stderr: "" });
    expect([head(repository, "a"), repository.read("a"), status(repository)]).toEqual(["FIXME\n", "FIXME\n", ""]);
  },
  time
);

test(
  "an index that another process has locked for good stops the commit, and nothing is fixed",
  async () => {
    using repository = repositoryWith({ a: "fixme\n" });
    const ran = await whilePaused(repository, commit, {}, () => repository.write({ ".git/index.lock": "" }));
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toMatch(/the commit is stopped: another process holds .*\.git\/index\.lock/);
    expect([repository.read(".git/index.lock"), repository.read("a"), repository.leftovers()]).toEqual([
      "",
      "fixme\n",
      [],
    ]);
    rmSync(repository.at(".git/index.lock"));
    expect(repository.run(commit).exitCode).toBe(0);
  },
  time
);

test(
  "a second commit in the same worktree waits, and says which process is in the way when it does not end",
  async () => {
    using repository = repositoryWith({ a: "fixme\n" });
    const pidFile = repository.at("../pid");
    const ran = await whilePaused(repository, commit, { pidFile }, () => {
      const second = repository.run(commit, { waitMs: 0 });
      expect(second.exitCode).toBe(1);
      expect(second.stderr).toContain(
        `another run of k is at work in this worktree, process ${repository.read("../pid")}`
      );
    });
    expect([ran.exitCode, head(repository, "a"), repository.leftovers()]).toEqual([0, "FIXME\n", []]);
  },
  time
);

test(
  "the folder of a run in a container counts for ten minutes, and not from before the machine was started",
  () => {
    using repository = repositoryWith({ a: "fixme\n" });
    const foreign = repository.at(".git/k/run-1-1-elsewhere-abc");
    mkdirSync(foreign, { recursive: true });
    expect(repository.run(commit, { waitMs: 0 }).stderr).toContain(
      "another run of k is at work in this worktree, process 1"
    );
    const old = Date.now() / 1000 - 11 * 60;
    utimesSync(foreign, old, old);
    expect(repository.run(commit, { waitMs: 0 }).exitCode).toBe(0);
    expect([head(repository, "a"), repository.leftovers()]).toEqual(["FIXME\n", []]);
  },
  time
);

test(
  "commits in eight worktrees at once all come out fixed, and leave nothing behind",
  async () => {
    using repository = makeHooked({ a: "old\n", b: "1\n2\n3\n4\n5\n" });
    repository.write({ b: "stashed\n" });
    repository.git("stash", "push", "--quiet");
    const worktrees = Array.from({ length: 8 }, (_, at) => {
      repository.git("worktree", "add", "--quiet", `../w${at}`, "-b", `w${at}`);
      return hookedAt(repository.at(`../w${at}`), repository.env);
    });
    const rounds = Number(process.env["K_TEST_ROUNDS"] ?? 3);
    await Promise.all(
      worktrees.map(async (worktree, at) => {
        for (let round = 0; round < rounds; round += 1) {
          worktree.write({ a: `fixme ${at} ${round}\n`, b: `fixme ${at} ${round}\n2\n3\n4\n5\n` });
          worktree.git("add", "a", "b");
          worktree.write({ b: `fixme ${at} ${round}\n2\n3\n4\nmine\n` });
          const git = worktree.start(commit);
          const [stderr, exitCode] = await Promise.all([git.stderr.text(), git.exited]);
          expect({ stderr, exitCode }).toEqual({ stderr: "", exitCode: 0 });
          expect([head(worktree, "a"), head(worktree, "b")]).toEqual([
            `FIXME ${at} ${round}\n`,
            `FIXME ${at} ${round}\n2\n3\n4\n5\n`,
          ]);
          expect([worktree.read("a"), worktree.read("b")]).toEqual([
            `FIXME ${at} ${round}\n`,
            `FIXME ${at} ${round}\n2\n3\n4\nmine\n`,
          ]);
          expect(worktree.leftovers()).toEqual([]);
        }
      })
    );
    expect(repository.git("stash", "list").trim().split("\n")).toHaveLength(1);
    expect(repository.git("count-objects", "-v")).toContain("garbage: 0");
  },
  time
);
