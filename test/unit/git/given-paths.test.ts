import { expect, test } from "bun:test";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { show } from "../../../lib/core/problem.ts";
import { listPaths } from "../../../lib/git/given-paths.ts";
import { commitAll, makeRepository, makeSandbox, pathsOf } from "./repository.ts";

const files = {
  "a.ts": "x\n",
  "src/b.ts": "x\n",
  "src/deep/c.ts": "x\n",
  "src/d.py": "x\n",
  ".gitignore": "dist/\n*.log\n",
};

const cases: readonly (readonly [given: readonly string[], folder: string, expected: readonly string[]])[] = [
  [["a.ts"], "", ["a.ts"]],
  [["src"], "", ["src/b.ts", "src/d.py", "src/deep/c.ts"]],
  [["src/"], "", ["src/b.ts", "src/d.py", "src/deep/c.ts"]],
  [["."], "src/deep", ["src/deep/c.ts"]],
  [[".."], "src/deep", ["src/b.ts", "src/d.py", "src/deep/c.ts"]],
  [["./b.ts", "b.ts", "../src/b.ts"], "src", ["src/b.ts"]],
  [["."], "", [".gitignore", "a.ts", "src/b.ts", "src/d.py", "src/deep/c.ts"]],
  [["src", "src/b.ts"], "", ["src/b.ts", "src/d.py", "src/deep/c.ts"]],
  [["**/*.ts"], "", ["a.ts", "src/b.ts", "src/deep/c.ts"]],
  [["*.ts"], "src", ["src/b.ts"]],
  [["../*.ts"], "src", ["a.ts"]],
  [["{a,src/b}.ts"], "", ["a.ts", "src/b.ts"]],
];

for (const [given, folder, expected] of cases) {
  test(`${given.join(" ")} typed in ${folder === "" ? "the root" : folder} means ${expected.join(" ")}`, async () => {
    using repo = makeRepository(files);
    const list = await listPaths(given, repo.path(folder), repo.root, repo);
    expect(pathsOf(list.files)).toEqual(expected);
    expect([list.problems, list.odd]).toEqual([[], []]);
  });
}

test("a file that is named counts although git ignores it; an ignored folder does not, and is told", async () => {
  using repo = makeRepository(files);
  repo.write({ "dist/x.js": "x\n", "run.log": "x\n" });
  mkdirSync(repo.path("empty"));
  const list = await listPaths(["run.log", "dist", "a.ts", "empty"], repo.root, repo.root, repo);
  expect(list.files).toEqual([
    { path: "a.ts", tracked: true, mode: "file", blob: repo.git(["rev-parse", "HEAD:a.ts"]).trim(), explicit: true },
    { path: "run.log", tracked: false, explicit: true },
  ]);
  expect(list.odd).toEqual([{ path: "dist", reason: "git ignores it: name the files in it that are meant" }]);
  expect(pathsOf((await listPaths(["dist/x.js"], repo.root, repo.root, repo)).files)).toEqual(["dist/x.js"]);
});

test("a glob that a shell left alone finds listed files only", async () => {
  using repo = makeRepository(files);
  repo.write({ "dist/x.js": "x\n" });
  const list = await listPaths(["dist/*.js"], repo.root, repo.root, repo);
  expect(list.files).toEqual([]);
  expect(list.problems.map((problem) => show(problem).message)).toEqual([
    "dist/*.js: not checked: no file has a name like that",
  ]);
});

test("a file whose name looks like a glob is that file", async () => {
  using repo = makeRepository({ "[slug].ts": "x\n", "s.ts": "x\n", "*.ts": "x\n" });
  expect(pathsOf((await listPaths(["[slug].ts", "*.ts"], repo.root, repo.root, repo)).files)).toEqual([
    "*.ts",
    "[slug].ts",
  ]);
});

test("a glob typed in a folder whose name looks like a glob stays in it", async () => {
  using repo = makeRepository({ "[x]/a.ts": "x\n", "x/a.ts": "x\n" });
  expect(pathsOf((await listPaths(["*.ts"], repo.path("[x]"), repo.root, repo)).files)).toEqual(["[x]/a.ts"]);
});

test("odd names can be given", async () => {
  const names = ["-dash", " space ", "new\nline", ":colon", 'quo"te', "grün"];
  using repo = makeRepository(Object.fromEntries(names.map((name) => [name, "x\n"])));
  expect(pathsOf((await listPaths(names, repo.root, repo.root, repo)).files)).toEqual(names.toSorted());
});

test("every path that cannot be checked is a problem, and the others are listed", async () => {
  using repo = makeRepository(files);
  Bun.spawnSync(["mkfifo", repo.path("pipe")]);
  const list = await listPaths(
    ["nope.ts", "a.ts", "/", "../..", "pipe", "src/none/x", "a.ts/x"],
    repo.root,
    repo.root,
    repo
  );
  expect(pathsOf(list.files)).toEqual(["a.ts"]);
  expect(list.problems.map((problem) => show(problem).message)).toEqual([
    "nope.ts: not checked: no such file or folder",
    "/: not checked: it is outside of the project",
    "../..: not checked: it is outside of the project",
    "pipe: not checked: it is no regular file",
    "src/none/x: not checked: no such file or folder",
    "a.ts/x: not checked: no such file or folder",
  ]);
});

test("links are resolved: to a file or folder of the project, else they stand for themselves", async () => {
  using repo = makeRepository(files);
  symlinkSync("src", repo.path("to-folder"));
  symlinkSync("a.ts", repo.path("to-file"));
  symlinkSync("nowhere", repo.path("broken"));
  symlinkSync("/", repo.path("away"));
  commitAll(repo, "links");
  const of = async (...given: string[]): Promise<readonly string[]> =>
    pathsOf((await listPaths(given, repo.root, repo.root, repo)).files);
  expect(await of("to-folder/deep")).toEqual(["src/deep/c.ts"]);
  expect(await of("to-folder")).toEqual(["src/b.ts", "src/d.py", "src/deep/c.ts"]);
  expect(await of("to-file")).toEqual(["a.ts"]);
  expect(await of("broken", "away")).toEqual(["away", "broken"]);
});

test("a root and a current folder that are reached through a link are the same as without it", async () => {
  using repo = makeRepository(files);
  symlinkSync(repo.root, repo.path("../alias"));
  const alias = repo.path("../alias");
  expect(
    pathsOf((await listPaths(["b.ts", "*.py", repo.path("a.ts")], `${alias}/src`, repo.root, repo)).files)
  ).toEqual(["a.ts", "src/b.ts", "src/d.py"]);
  expect(pathsOf((await listPaths(["b.ts", "*.py"], repo.path("src"), alias, repo)).files)).toEqual([
    "src/b.ts",
    "src/d.py",
  ]);
});

test("a submodule and what is in it can be named", async () => {
  using other = makeRepository({ inner: "x\n", "lib/deep": "x\n" });
  using repo = makeRepository({ outer: "x\n" });
  repo.git(["submodule", "--quiet", "add", other.root, "module"]);
  const of = async (...given: string[]): Promise<readonly string[]> =>
    pathsOf((await listPaths(given, repo.root, repo.root, repo)).files);
  expect(await of("module")).toEqual(["module/inner", "module/lib/deep"]);
  expect(await of("module/lib", "outer")).toEqual(["module/lib/deep", "outer"]);
  expect(await of("module/inner")).toEqual(["module/inner"]);
});

test("more paths than a command line holds are no problem", async () => {
  using repo = makeRepository();
  const names = Array.from({ length: 3000 }, (_, index) => `${"long-".repeat(20)}${index}`);
  repo.write(Object.fromEntries(names.map((name) => [name, ""])));
  repo.write({ other: "" });
  expect((await listPaths(names, repo.root, repo.root, repo)).files).toHaveLength(3000);
});

test("outside of git only what is named is walked", async () => {
  using sandbox = makeSandbox();
  sandbox.write({ "a.sh": "x\n", "src/b.sh": "x\n", "src/node_modules/m/i.js": "x\n", "other/c.sh": "x\n" });
  mkdirSync(sandbox.path("empty"));
  const of = async (...given: string[]): Promise<readonly string[]> =>
    pathsOf((await listPaths(given, sandbox.root, sandbox.root, sandbox)).files);
  expect(await of("a.sh")).toEqual(["a.sh"]);
  expect(await of("src", "empty")).toEqual(["src/b.sh"]);
  expect(await of("src/*.sh")).toEqual(["src/b.sh"]);
  expect(await of("src/node_modules/m/i.js")).toEqual(["src/node_modules/m/i.js"]);
});

test("a tracked file that is gone from the disk is a problem when it is named", async () => {
  using repo = makeRepository(files);
  rmSync(repo.path("a.ts"));
  expect((await listPaths(["a.ts"], repo.root, repo.root, repo)).problems).toMatchObject([
    { kind: "file", path: "a.ts", why: "no such file or folder" },
  ]);
});
