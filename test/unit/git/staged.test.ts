import { expect, test } from "bun:test";
import { chmodSync, existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { ProblemError } from "../../../lib/core/problem.ts";
import { listStaged, snapshotStaged } from "../../../lib/git/staged.ts";
import { commitAll, makeRepository, makeSandbox, type Sandbox } from "./repository.ts";

const summary = async (repo: Sandbox, folder = "") =>
  (await listStaged(repo.path(folder), repo)).files.map(
    ({ path, status, dirty }) => `${path} ${status}${dirty ? " dirty" : ""}`
  );

test("what the next commit changes is listed, with whether the working copy is another", async () => {
  using repo = makeRepository({
    modified: "1\n",
    partly: "1\n",
    both: "1\n",
    unstaged: "1\n",
    deleted: "1\n",
    gone: "1\n",
    typed: "1\n",
    mode: "1\n",
  });
  repo.write({ modified: "2\n", partly: "2\n", gone: "2\n", added: "1\n", unstaged: "2\n" });
  rmSync(repo.path("deleted"));
  rmSync(repo.path("typed"));
  symlinkSync("mode", repo.path("typed"));
  chmodSync(repo.path("mode"), 0o755);
  repo.git(["add", "modified", "partly", "added", "deleted", "gone", "typed", "mode"]);
  repo.write({ partly: "3\n", untracked: "1\n" });
  rmSync(repo.path("gone"));
  expect(await summary(repo)).toEqual([
    "added added",
    "gone modified dirty",
    "mode modified",
    "modified modified",
    "partly modified dirty",
    "typed type-changed",
  ]);
  const list = await listStaged(repo.root, repo);
  expect(list).toMatchObject({ deleted: ["deleted"], unstaged: ["unstaged"], unmerged: [], intentToAdd: [], odd: [] });
  expect(list.files.find(({ path }) => path === "partly")?.blob).toBe(repo.git(["rev-parse", ":partly"]).trim());
  expect(list.files.map(({ path, mode }) => [path, mode])).toContainEqual(["mode", "executable"]);
  expect(list.files.map(({ path, mode }) => [path, mode])).toContainEqual(["typed", "symlink"]);
});

test("a name added by git add -N is no part of the commit until its content is staged", async () => {
  using repo = makeRepository({ a: "1\n" });
  repo.write({ ita: "1\n" });
  repo.git(["add", "--intent-to-add", "ita"]);
  expect(await listStaged(repo.root, repo)).toMatchObject({ files: [], intentToAdd: ["ita"] });
  repo.git(["add", "ita"]);
  expect(await listStaged(repo.root, repo)).toMatchObject({ files: [{ path: "ita" }], intentToAdd: [] });
});

test("conflicts are named", async () => {
  using repo = makeRepository({ c: "1\n" });
  repo.git(["checkout", "--quiet", "-b", "other"]);
  repo.write({ c: "2\n" });
  commitAll(repo, "two");
  repo.git(["checkout", "--quiet", "main"]);
  repo.write({ c: "3\n" });
  commitAll(repo, "three");
  expect(() => repo.git(["merge", "other"])).toThrow();
  expect(await listStaged(repo.root, repo)).toMatchObject({ files: [], unmerged: ["c"] });
});

test("in a repository without a commit all that is staged is added", async () => {
  using repo = makeRepository();
  repo.write({ a: "1\n", b: "1\n" });
  repo.git(["add", "a"]);
  expect(await summary(repo)).toEqual(["a added"]);
});

test("paths are relative to the project, and what is staged elsewhere is not its business", async () => {
  using repo = makeRepository({ top: "1\n", "sub/a": "1\n" });
  repo.write({ top: "2\n", "sub/a": "2\n", "sub/deep/b": "1\n" });
  repo.git(["add", "--all"]);
  expect(await summary(repo, "sub")).toEqual(["a modified", "deep/b added"]);
});

test("the index that a hook is given is the one that is read, also by its relative path", async () => {
  using repo = makeRepository({ "sub/a": "1\n", b: "1\n" });
  repo.write({ "sub/a": "2\n", b: "2\n" });
  repo.git(["add", "b"]);
  Bun.spawnSync(["git", "add", "sub/a"], { cwd: repo.root, env: { ...repo.env, GIT_INDEX_FILE: ".git/next-index" } });
  const hook = { env: { ...repo.env, GIT_INDEX_FILE: ".git/next-index" } };
  expect((await listStaged(repo.root, hook)).files.map(({ path }) => path)).toContain("sub/a");
  expect((await listStaged(repo.path("sub"), hook)).files.map(({ path }) => path)).toEqual(["a"]);
  expect((await listStaged(repo.root, repo)).files.map(({ path }) => path)).toEqual(["b"]);
});

test("odd names are read as they are, and one that is not UTF-8 is told", async () => {
  const names = [" lead", "trail ", "new\nline", 'quo"te', "-dash", ":colon", "grün", "tab\tx"];
  using repo = makeRepository({ a: "1\n" });
  repo.write(Object.fromEntries(names.map((name) => [name, "x\n"])));
  writeFileSync(Buffer.concat([Buffer.from(`${repo.root}/`), Buffer.from([0xff])]), "x\n");
  repo.git(["add", "--all"]);
  const list = await listStaged(repo.root, repo);
  expect(list.files.map(({ path }) => path)).toEqual(names.toSorted());
  expect(list.odd).toEqual([{ path: "\ufffd", reason: "its name is not UTF-8" }]);
});

test("a submodule whose commit is staged is left out", async () => {
  using other = makeRepository({ inner: "x\n" });
  using repo = makeRepository({ outer: "x\n" });
  repo.git(["submodule", "--quiet", "add", other.root, "module"]);
  expect(await summary(repo)).toEqual([".gitmodules added"]);
});

test("outside of a repository it is a problem", async () => {
  using sandbox = makeSandbox();
  await expect(listStaged(sandbox.root, sandbox)).rejects.toBeInstanceOf(ProblemError);
});

test("a snapshot holds what is staged, by content and mode, and the working tree stays as it is", async () => {
  using repo = makeRepository({
    "sub/a b": "1\n",
    "sub/new\nline": "1\n",
    run: "1\n",
    ".gitattributes": "*.bat eol=crlf\n",
    "x.bat": "1\n",
  });
  repo.write({ "sub/a b": "staged\n", "sub/new\nline": "staged\n", run: "staged\n", "x.bat": "staged\n" });
  chmodSync(repo.path("run"), 0o755);
  repo.git(["add", "--all"]);
  repo.write({ "sub/a b": "mine\n", run: "mine\n" });
  rmSync(repo.path("sub/new\nline"));
  const folder = repo.path("../snapshot");
  expect(await snapshotStaged(["sub/a b", "sub/new\nline", "run", "x.bat"], folder, repo.root, repo)).toBe(folder);
  const read = (path: string): string => readFileSync(`${folder}/${path}`, "utf8");
  expect([read("sub/a b"), read("sub/new\nline"), read("run"), read("x.bat")]).toEqual([
    "staged\n",
    "staged\n",
    "staged\n",
    "staged\r\n",
  ]);
  expect(lstatSync(`${folder}/run`).mode & 0o100).toBe(0o100);
  expect(readFileSync(repo.path("run"), "utf8")).toBe("mine\n");
  expect(existsSync(repo.path("sub/new\nline"))).toBe(false);
});

test("a snapshot of a project in a folder of a repository has its files below the folder that is returned", async () => {
  using repo = makeRepository({ "sub/a": "1\n" });
  repo.write({ "sub/a": "staged\n" });
  repo.git(["add", "--all"]);
  const at = await snapshotStaged(["a"], repo.path("../snapshot"), repo.path("sub"), repo);
  expect(readFileSync(`${at}/a`, "utf8")).toBe("staged\n");
});

test("a snapshot of what is not staged is a problem", async () => {
  using repo = makeRepository({ a: "1\n" });
  await expect(snapshotStaged(["nope"], repo.path("../snapshot"), repo.root, repo)).rejects.toBeInstanceOf(
    ProblemError
  );
});
