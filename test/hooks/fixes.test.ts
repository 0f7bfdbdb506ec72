import { expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Disk, realDisk } from "../../lib/hooks/disk.ts";
import { applyFixes } from "../../lib/hooks/fix.ts";
import { openStaged, type Staged } from "../../lib/hooks/staged.ts";
import { type HookedRepository, makeHooked } from "../support/hooked-repository.ts";

const time = 60_000;

const open = (repository: HookedRepository): Promise<Staged> =>
  openStaged({ root: repository.root, env: repository.env });

/** `clean` and `dirty` are staged; `gone` is staged and deleted; `untouched` is as it was committed. */
function staged(): HookedRepository {
  const repository = makeHooked({ clean: "1\n", dirty: "1\n", gone: "1\n", untouched: "1\n", "sub/x": "1\n" });
  repository.write({ clean: "staged\n", dirty: "staged\n", gone: "staged\n" });
  chmodSync(repository.at("dirty"), 0o755);
  repository.git("add", "--all");
  repository.write({ dirty: "mine\n" });
  rmSync(repository.at("gone"));
  return repository;
}

const misdeeds: readonly (readonly [
  name: string,
  deed: (folder: string) => void,
  outcome: { readonly fixes: readonly string[]; readonly lost: readonly string[] },
])[] = [
  ["deletes its copy", (folder) => rmSync(join(folder, "dirty")), { fixes: [], lost: ["dirty"] }],
  [
    "makes a folder of its copy",
    (folder) => {
      rmSync(join(folder, "dirty"));
      mkdirSync(join(folder, "dirty"));
    },
    { fixes: [], lost: ["dirty"] },
  ],
  [
    "makes a link of its copy",
    (folder) => {
      rmSync(join(folder, "clean"));
      symlinkSync("/etc/passwd", join(folder, "clean"));
    },
    { fixes: [], lost: ["clean"] },
  ],
  ["writes other files", (folder) => writeFileSync(join(folder, "other"), "x"), { fixes: [], lost: [] }],
  ["only touches its copy", (folder) => utimesSync(join(folder, "clean"), 1, 1), { fixes: [], lost: [] }],
  [
    "writes and changes back",
    (folder) => {
      writeFileSync(join(folder, "clean"), "x");
      writeFileSync(join(folder, "clean"), "staged\n");
    },
    { fixes: [], lost: [] },
  ],
  [
    "replaces its copy by rename",
    (folder) => {
      rmSync(join(folder, "clean"));
      writeFileSync(join(folder, "clean"), "fixed\n");
    },
    { fixes: ["clean"], lost: [] },
  ],
  ["makes its copy executable", (folder) => chmodSync(join(folder, "clean"), 0o755), { fixes: ["clean"], lost: [] }],
];

for (const [name, deed, outcome] of misdeeds) {
  test(
    `a fixer that ${name} hurts no file of the user's`,
    async () => {
      using repository = staged();
      await using run = await open(repository);
      await run.fixCopy.add(["clean", "dirty", "gone"]);
      deed(run.fixCopy.folder);
      const { fixes, lost } = run.fixCopy.collect();
      expect({ fixes: [...fixes.keys()], lost }).toEqual(outcome as { fixes: string[]; lost: string[] });
      expect([repository.read("clean"), repository.read("dirty"), existsSync(repository.at("gone"))]).toEqual([
        "staged\n",
        "mine\n",
        false,
      ]);
    },
    time
  );
}

test(
  "two fixers on one file, one after the other, both come into the commit",
  async () => {
    using repository = staged();
    await using run = await open(repository);
    for (const word of ["one", "two"]) {
      await run.fixCopy.add(["clean", "dirty"]);
      const copy = join(run.fixCopy.folder, "clean");
      writeFileSync(copy, `${readFileSync(copy, "utf8")}${word}\n`);
    }
    const applied = await applyFixes(run, run.fixCopy.collect().fixes);
    expect(applied).toMatchObject({ written: ["clean"], problems: [] });
    expect([repository.git("show", ":clean"), repository.read("clean")]).toEqual([
      "staged\none\ntwo\n",
      "staged\none\ntwo\n",
    ]);
  },
  time
);

test(
  "a fix may change the mode, alone or with the content",
  async () => {
    using repository = makeHooked({ a: "1\n", b: "1\n" });
    repository.write({ a: "2\n", b: "2\n" });
    repository.git("add", "--all");
    {
      await using run = await open(repository);
      const fixes = new Map([
        ["a", { bytes: Buffer.from("2\n"), mode: "executable" }],
        ["b", { bytes: Buffer.from("3\n"), mode: "executable" }],
      ] as const);
      expect(await applyFixes(run, fixes)).toMatchObject({ written: ["a", "b"], problems: [] });
    }
    expect(repository.git("ls-files", "-s").match(/^\d+/gm)).toEqual(["100755", "100755"]);
    expect([
      lstatSync(repository.at("a")).mode & 0o777,
      lstatSync(repository.at("b")).mode & 0o777,
      repository.read("b"),
    ]).toEqual([0o755, 0o755, "3\n"]);
    expect(repository.git("diff-files", "--name-only", "--raw")).not.toContain("100644");
  },
  time
);

test(
  "a fix of what is not staged, of a link, or that git sees no difference in is passed over",
  async () => {
    using repository = makeHooked({ a: "1\n", "x.bat": "1\n", untouched: "1\n", ".gitattributes": "*.bat text\n" });
    repository.write({ a: "2\n", "x.bat": "1\n2\n" });
    symlinkSync("a", repository.at("link"));
    repository.git("add", "--all");
    await using run = await open(repository);
    const names = ["untouched", "link", "x.bat", "a"];
    const fixes = new Map(names.map((name) => [name, { bytes: Buffer.from(name === "x.bat" ? "1\r\n2\r\n" : "2\n") }]));
    const before = lstatSync(repository.at(".git/index")).ino;
    expect(await applyFixes(run, fixes)).toEqual({
      written: [],
      indexOnly: [],
      conflicts: [],
      problems: [],
      skipped: [
        { path: "untouched", because: "not-staged" },
        { path: "link", because: "symlink" },
        { path: "x.bat", because: "no-difference" },
        { path: "a", because: "no-difference" },
      ],
    });
    expect([lstatSync(repository.at(".git/index")).ino, repository.read("x.bat")]).toEqual([before, "1\n2\n"]);
  },
  time
);

test(
  "an interrupt before the fixes are written leaves all as it was",
  async () => {
    using repository = staged();
    const abort = new AbortController();
    await using run = await openStaged({ root: repository.root, env: repository.env, signal: abort.signal });
    abort.abort();
    const applied = await applyFixes(run, new Map([["clean", { bytes: Buffer.from("fixed\n") }]]));
    expect(applied.problems).toHaveLength(1);
    expect([repository.git("show", ":clean"), repository.read("clean")]).toEqual(["staged\n", "staged\n"]);
  },
  time
);

test(
  "an editor's git status that writes the index anew in the last moment only costs a second try",
  async () => {
    using repository = staged();
    let times = 0;
    const disk: Disk = {
      ...realDisk,
      link(from, to) {
        if (String(to).endsWith("index.lock") && times < 2) {
          times += 1;
          utimesSync(repository.at("untouched"), times, times);
          repository.git("status");
        }
        realDisk.link(from, to);
      },
    };
    await using run = await openStaged({ root: repository.root, env: repository.env, disk });
    const applied = await applyFixes(run, new Map([["clean", { bytes: Buffer.from("fixed\n") }]]));
    expect([times, applied.problems, applied.written]).toEqual([2, [], ["clean"]]);
    expect([repository.git("show", ":clean"), repository.read("clean")]).toEqual(["fixed\n", "fixed\n"]);
  },
  time
);

test(
  "a git add in the last moment stops the fix, and the journal is gone",
  async () => {
    using repository = staged();
    const disk: Disk = {
      ...realDisk,
      link(from, to) {
        if (String(to).endsWith("index.lock")) {
          repository.git("add", "dirty");
        }
        realDisk.link(from, to);
      },
    };
    await using run = await openStaged({ root: repository.root, env: repository.env, disk });
    const applied = await applyFixes(run, new Map([["clean", { bytes: Buffer.from("fixed\n") }]]));
    expect(applied.problems).toHaveLength(1);
    expect([repository.git("show", ":clean"), repository.read("clean"), repository.git("show", ":dirty")]).toEqual([
      "staged\n",
      "staged\n",
      "mine\n",
    ]);
    await run.close();
    expect(repository.leftovers()).toEqual([]);
  },
  time
);

test(
  "without hard links and without an exchange of names a fix is the same",
  async () => {
    using repository = staged();
    const refuse = (): never => {
      throw Object.assign(new Error("EPERM"), { code: "EPERM" });
    };
    const disk: Disk = { ...realDisk, link: refuse, exchange: () => false };
    repository.write({ dirty: "staged\n2\n3\n4\n5\n" });
    repository.git("add", "dirty");
    repository.write({ dirty: "staged\n2\n3\n4\nmine\n" });
    {
      await using run = await openStaged({ root: repository.root, env: repository.env, disk });
      const fixes = new Map([
        ["clean", { bytes: Buffer.from("fixed\n") }],
        ["dirty", { bytes: Buffer.from("fixed\n2\n3\n4\n5\n") }],
        ["gone", { bytes: Buffer.from("fixed\n") }],
      ]);
      expect(await applyFixes(run, fixes)).toMatchObject({ written: ["clean", "dirty"], problems: [] });
    }
    expect([repository.read("clean"), repository.read("dirty")]).toEqual(["fixed\n", "fixed\n2\n3\n4\nmine\n"]);
    expect(repository.git("status", "--porcelain")).toBe("M  clean\nMM dirty\nMD gone\n");
    expect(repository.leftovers()).toEqual([]);
  },
  time
);

test(
  "a journal that cannot be removed does no harm: the next run finds all done and removes it",
  async () => {
    using repository = staged();
    const disk: Disk = {
      ...realDisk,
      remove(path) {
        if (String(path).endsWith("/journal")) {
          throw Object.assign(new Error("EIO"), { code: "EIO" });
        }
        realDisk.remove(path);
      },
    };
    {
      await using run = await openStaged({ root: repository.root, env: repository.env, disk });
      const applied = await applyFixes(run, new Map([["clean", { bytes: Buffer.from("fixed\n") }]]));
      expect(applied).toMatchObject({ written: ["clean"], problems: [] });
    }
    expect(repository.leftovers()).toHaveLength(1);
    const left = repository.at(".git/k", repository.leftovers()[0] ?? "");
    expect(existsSync(join(left, "journal"))).toBe(true);
    // As if its process were dead.
    renameSync(left, left.replace(/run-\d+-/, "run-999999999-"));
    await using run = await open(repository);
    expect([run.recovered, repository.read("clean"), repository.git("show", ":clean")]).toEqual([
      undefined,
      "fixed\n",
      "fixed\n",
    ]);
  },
  time
);

test(
  "a fix that changes content and mode of a file where the user made the same change keeps the user's line ends",
  async () => {
    using repository = makeHooked({ ".gitattributes": "*.x text eol=crlf\n", "a.x": "old\n1\n" });
    repository.write({ "a.x": "staged\r\n1\r\n" });
    repository.git("add", "--all");
    repository.write({ "a.x": "fixed\n1\n" });
    await using run = await open(repository);
    const fix = { bytes: Buffer.from("fixed\r\n1\r\n"), mode: "executable" } as const;
    expect(await applyFixes(run, new Map([["a.x", fix]]))).toMatchObject({ written: ["a.x"], problems: [] });
    expect([repository.read("a.x"), lstatSync(repository.at("a.x")).mode & 0o777]).toEqual(["fixed\n1\n", 0o755]);
    expect(repository.git("ls-files", "-s", "a.x")).toContain("100755");
  },
  time
);

test(
  "a file that is gone or a folder by the time its copy is made is copied from the index",
  async () => {
    using repository = staged();
    await using run = await open(repository);
    rmSync(repository.at("clean"));
    mkdirSync(repository.at("clean"));
    await run.fixCopy.add(["clean"]);
    expect(readFileSync(join(run.fixCopy.folder, "clean"), "utf8")).toBe("staged\n");
    expect(Buffer.from(await run.content("clean")).toString()).toBe("staged\n");
  },
  time
);

/** Says no at the step with that number, and at no other. */
function failingDisk(failAt: number): { readonly disk: Disk; isReached(): boolean } {
  let step = 0;
  const names = Object.keys(realDisk) as (keyof Disk)[];
  const wrap =
    (name: keyof Disk) =>
    (...args: unknown[]): unknown => {
      step += 1;
      if (step - 1 === failAt) {
        throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
      }
      return (realDisk[name] as (...all: unknown[]) => unknown)(...args);
    };
  const disk = Object.fromEntries(names.map((name) => [name, wrap(name)])) as unknown as Disk;
  return { disk, isReached: () => step > failAt };
}

test(
  "a disk that says no at any one step leaves nothing fixed, or all but the files that are named",
  async () => {
    const met = { refused: 0, partly: 0, whole: 0 };
    for (let failAt = 0, isReached = true; isReached; failAt += 1) {
      using repository = staged();
      const before = repository.git("ls-files", "-s");
      const failing = failingDisk(failAt);
      await using run = await openStaged({ root: repository.root, env: repository.env, disk: failing.disk });
      const names = ["clean", "dirty", "gone"];
      const fixes = new Map(names.map((name) => [name, { bytes: Buffer.from("fixed\n") }]));
      const { written, indexOnly, problems } = await applyFixes(run, fixes);
      isReached = failing.isReached();
      const isFixed = repository.git("show", ":clean") === "fixed\n";
      expect({ failAt, isFixed }).toEqual({ failAt, isFixed: problems.length === 0 });
      if (!isFixed) {
        expect([repository.git("ls-files", "-s"), repository.read("clean")]).toEqual([before, "staged\n"]);
      }
      expect(repository.read("clean")).toBe(written.includes("clean") ? "fixed\n" : "staged\n");
      expect(repository.read("dirty")).toBe("mine\n");
      expect(existsSync(repository.at(".git/index.lock"))).toBe(false);
      const isPartly = indexOnly.some(({ because }) => because === "failed");
      met[isFixed ? (isPartly ? "partly" : "whole") : "refused"] += 1;
    }
    expect(met.refused).toBeGreaterThan(5);
    expect(met.partly).toBeGreaterThan(0);
    expect(met.whole).toBeGreaterThan(0);
  },
  time
);
