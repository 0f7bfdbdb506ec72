import { expect, test } from "bun:test";
import { closeSync, openSync, readdirSync, rmSync, statfsSync, truncateSync, writeSync } from "node:fs";
import { type HookedRepository, makeHooked } from "../support/hooked-repository.ts";
import { canMount, seal, smallDisk } from "../support/small-disk.ts";

const time = 120_000;
const mounts = canMount();
const commit = ["commit", "-m", "m"] as const;
const page = 4096;

const names = Array.from({ length: 6 }, (_, at) => `file-${at}`);
const text = (first: string, last: string): string => `${first}\n${"a line\n".repeat(900)}${last}\n`;

/** Half of them with an unstaged change; larger than a page, so that every step needs some. */
function fill(repository: HookedRepository): void {
  repository.write(Object.fromEntries(names.map((name) => [name, text(`fixme ${name}`, "end")])));
  repository.git("add", "--all");
  repository.write(Object.fromEntries(names.slice(0, 3).map((name) => [name, text(`fixme ${name}`, "mine")])));
}

const stateOf = (repository: HookedRepository): string =>
  JSON.stringify([repository.git("ls-files", "-s"), ...names.map((name) => repository.read(name))]);

/** Takes all but so many pages of a disk; the file can be made smaller afterwards. */
function take(folder: string, left: number): string {
  const path = `${folder}/filler`;
  const file = openSync(path, "w");
  for (let free = statfsSync(folder).bavail - left; free > 0; free -= 1) {
    writeSync(file, Buffer.alloc(page));
  }
  closeSync(file);
  return path;
}

test.skipIf(!mounts)(
  "a disk that is full at whatever step leaves all as before or as after, and the commit works when there is room again",
  () => {
    let reached = 0;
    const met = { before: 0, after: 0, committed: 0 };
    for (let left = 0; reached < 3; left += 2) {
      using disk = smallDisk(4096);
      using repository = makeHooked(Object.fromEntries(names.map((name) => [name, "old\n"])), disk?.path);
      fill(repository);
      const before = stateOf(repository);
      const filler = take(disk?.path ?? "", left);
      const ran = repository.run(commit);
      truncateSync(filler, 0);
      const after = stateOf(repository);
      const isFixed = names.every(
        (name, at) => repository.read(name) === text(`FIXME ${name.toUpperCase()}`, at < 3 ? "mine" : "end")
      );
      expect({ left, whole: isFixed || after === before }).toEqual({ left, whole: true });
      expect({ left, leftovers: repository.leftovers() }).toEqual({ left, leftovers: [] });
      if (ran.exitCode === 1) {
        expect({ left, stderr: ran.stderr }).not.toEqual({ left, stderr: "" });
      }
      met[ran.exitCode === 0 ? "committed" : isFixed ? "after" : "before"] += 1;
      if (ran.exitCode === 0) {
        reached += 1;
      } else {
        for (const lock of ["index.lock", "HEAD.lock"]) {
          rmSync(repository.at(".git", lock), { force: true });
        }
        expect({ left, again: repository.run(commit) }).toMatchObject({ left, again: { exitCode: 0, stderr: "" } });
      }
      expect(repository.git("show", `HEAD:${names[0]}`)).toBe(text("FIXME FILE-0", "end"));
    }
    console.log(met);
    expect(met.before).toBeGreaterThan(10);
  },
  time
);

test.skipIf(!mounts)(
  "a folder that cannot be written in gets its fixes in the commit only",
  () => {
    using repository = makeHooked({ "sealed/a": "old\n", "sealed/b": "old\n1\n2\n3\n4\n", open: "old\n" });
    repository.write({ "sealed/a": "fixme\n", "sealed/b": "fixme\n1\n2\n3\n4\n", open: "fixme\n" });
    repository.git("add", "--all");
    repository.write({ "sealed/b": "fixme\n1\n2\n3\nmine\n" });
    const report = repository.at("../report");
    using sealed = seal(repository.at("sealed"));
    expect(sealed).toBeDefined();
    expect(repository.run(commit, { report })).toMatchObject({ exitCode: 0, stderr: "" });
    expect(JSON.parse(repository.read("../report"))).toMatchObject({
      written: ["open"],
      indexOnly: [
        { path: "sealed/a", because: "read-only" },
        { path: "sealed/b", because: "read-only" },
      ],
    });
    expect(["sealed/a", "sealed/b", "open"].map((path) => repository.git("show", `HEAD:${path}`))).toEqual([
      "FIXME\n",
      "FIXME\n1\n2\n3\n4\n",
      "FIXME\n",
    ]);
    expect([repository.read("sealed/a"), repository.read("sealed/b"), repository.read("open")]).toEqual([
      "fixme\n",
      "fixme\n1\n2\n3\nmine\n",
      "FIXME\n",
    ]);
    expect(readdirSync(repository.at("sealed")).toSorted()).toEqual(["a", "b"]);
  },
  time
);

test.skipIf(!mounts)(
  "a git folder that cannot be written in is told, and nothing changes",
  () => {
    using repository = makeHooked({ a: "old\n" });
    repository.write({ a: "fixme\n" });
    repository.git("add", "--all");
    const before = repository.git("ls-files", "-s");
    using sealed = seal(repository.at(".git"));
    expect(sealed).toBeDefined();
    const ran = Bun.spawnSync([".git/hooks/pre-commit"], { cwd: repository.root, env: repository.env });
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr.toString()).toMatch(/\.git\/k.*: not made: the file system is read-only/);
    expect([repository.git("ls-files", "-s"), repository.read("a")]).toEqual([before, "fixme\n"]);
  },
  time
);
