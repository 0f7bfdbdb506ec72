import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { ProblemError, show } from "../../../lib/core/problem.ts";
import { listProject } from "../../../lib/git/project.ts";
import { commitAll, makeRepository, makeSandbox, pathsOf } from "./repository.ts";

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  );
  if (!(error instanceof ProblemError)) {
    throw new Error(`it did not reject with a problem: ${String(error)}`);
  }
  return error.problems.map((problem) => `${show(problem).message} | ${show(problem).hint ?? ""}`).join("\n");
}

test("tracked and untracked files are listed, ignored ones are not", async () => {
  using repo = makeRepository({ "b.ts": "b\n", "a.ts": "a\n", ".gitignore": "dist/\n*.log\n" });
  repo.write({ "new.ts": "n\n", "dist/out.js": "x\n", "run.log": "x\n", "sub/deep/new.py": "x\n" });
  const list = await listProject(repo.root, repo);
  expect(pathsOf(list.files)).toEqual([".gitignore", "a.ts", "b.ts", "new.ts", "sub/deep/new.py"]);
  expect(list).toMatchObject({ source: "git", odd: [], problems: [], unmerged: [] });
  expect(list.files.map(({ tracked }) => tracked)).toEqual([true, true, true, false, false]);
});

test("the blob id is given for unchanged files only", async () => {
  using repo = makeRepository({ same: "same\n", edited: "old\n", staged: "old\n", touched: "t\n" });
  repo.write({ edited: "new\n", staged: "new\n" });
  repo.git(["add", "staged"]);
  const blobs = new Map((await listProject(repo.root, repo)).files.map(({ path, blob }) => [path, blob]));
  expect(blobs.get("same")).toBe(repo.git(["rev-parse", "HEAD:same"]).trim());
  expect(blobs.get("staged")).toBe(repo.git(["rev-parse", ":staged"]).trim());
  expect(blobs.get("edited")).toBeUndefined();
});

test("a file with assume-unchanged set is listed without a blob id, since nobody looked", async () => {
  using repo = makeRepository({ a: "old\n" });
  repo.git(["update-index", "--assume-unchanged", "a"]);
  repo.write({ a: "new\n" });
  expect((await listProject(repo.root, repo)).files).toEqual([{ path: "a", tracked: true, mode: "file" }]);
});

test("modes tell executables and links, from the index and from the disk", async () => {
  using repo = makeRepository({ plain: "p\n", run: "r\n", later: "l\n" });
  chmodSync(repo.path("run"), 0o755);
  symlinkSync("plain", repo.path("link"));
  commitAll(repo, "modes");
  chmodSync(repo.path("later"), 0o755);
  const list = await listProject(repo.root, repo);
  expect(list.files.map(({ path, mode }) => [path, mode])).toEqual([
    ["later", "executable"],
    ["link", "symlink"],
    ["plain", "file"],
    ["run", "executable"],
  ]);
});

test("odd names come through as they are", async () => {
  const names = [
    " lead",
    "trail ",
    'quo"te',
    "apo'strophe",
    "back\\slash",
    "new\nline",
    "tab\there",
    "-dash",
    ":colon",
    "[x].js",
    "$(id)",
    "{a,b}",
    "grün.txt",
    "caf\u00e9",
    "cafe\u0301",
    "\ufeffmark",
    "漢字.md",
    "🙂.ts",
    "a b/c d.sh",
    "*.ts",
    "\ufffd",
  ];
  using repo = makeRepository(Object.fromEntries(names.slice(0, 11).map((name) => [name, "x\n"])));
  repo.write(Object.fromEntries(names.slice(11).map((name) => [name, "x\n"])));
  const list = await listProject(repo.root, repo);
  expect(pathsOf(list.files)).toEqual(names.toSorted());
  expect(list.odd).toEqual([]);
});

test("a name that is not UTF-8 is left out and told, tracked or not, and its neighbours are kept", async () => {
  using repo = makeRepository({ a: "a\n", z: "z\n" });
  const named = (...bytes: number[]): Buffer => Buffer.concat([Buffer.from(`${repo.root}/`), Buffer.from(bytes)]);
  const odd = named(0x62, 0xff, 0x78);
  writeFileSync(odd, "x\n");
  repo.git(["add", "--all"]);
  writeFileSync(odd, "changed\n");
  writeFileSync(named(0xfe), "x\n");
  repo.write({ z: "changed\n" });
  const list = await listProject(repo.root, repo);
  expect(pathsOf(list.files)).toEqual(["a", "z"]);
  expect(list.files[1]?.blob).toBeUndefined();
  expect(list.odd.map(({ path, reason }) => [path, reason]).toSorted()).toEqual([
    ["b\ufffdx", "its name is not UTF-8"],
    ["\ufffd", "its name is not UTF-8"],
  ]);
});

test("a tracked file that is deleted, or whose folder became something else, is left out", async () => {
  using repo = makeRepository({
    gone: "x\n",
    "dir/file": "x\n",
    "into-folder": "x\n",
    "elsewhere/file": "x\n",
    kept: "x\n",
  });
  rmSync(repo.path("gone"));
  rmSync(repo.path("dir"), { recursive: true });
  symlinkSync("elsewhere", repo.path("dir"));
  rmSync(repo.path("into-folder"));
  repo.write({ "into-folder/new": "x\n" });
  const list = await listProject(repo.root, repo);
  expect(pathsOf(list.files)).toEqual(["dir", "elsewhere/file", "into-folder/new", "kept"]);
});

test("a FIFO or socket is never listed, not even in the place of a tracked file", async () => {
  using repo = makeRepository({ a: "a\n", pipe: "x\n" });
  rmSync(repo.path("pipe"));
  for (const name of ["pipe", "untracked-pipe"]) {
    Bun.spawnSync(["mkfifo", repo.path(name)]);
  }
  const server = Bun.listen({ unix: repo.path("socket"), socket: { data() {} } });
  try {
    expect(pathsOf((await listProject(repo.root, repo)).files)).toEqual(["a"]);
  } finally {
    server.stop(true);
  }
});

test("submodules and other people's repositories are not entered", async () => {
  using other = makeRepository({ inner: "x\n" });
  using repo = makeRepository({ outer: "x\n" });
  repo.git(["submodule", "--quiet", "add", other.root, "module"]);
  mkdirSync(repo.path("nested"));
  repo.git(["init", "--quiet"], "nested");
  repo.write({ "nested/file": "x\n" });
  expect(pathsOf((await listProject(repo.root, repo)).files)).toEqual([".gitmodules", "outer"]);
});

test("a submodule lists its own files", async () => {
  using other = makeRepository({ inner: "x\n" });
  using repo = makeRepository({ outer: "x\n" });
  repo.git(["submodule", "--quiet", "add", other.root, "module"]);
  expect(pathsOf((await listProject(repo.path("module"), repo)).files)).toEqual(["inner"]);
});

test("a project in a folder of a repository sees that folder only, by paths from there", async () => {
  using repo = makeRepository({ top: "x\n", "sub/a": "x\n", "sub/deep/b": "x\n", "subway/c": "x\n" });
  repo.write({ "sub/new": "x\n", "sub/a": "changed\n", "other/new": "x\n" });
  const list = await listProject(repo.path("sub"), repo);
  expect(list.files.map(({ path, blob }) => [path, blob !== undefined])).toEqual([
    ["a", false],
    ["deep/b", true],
    ["new", false],
  ]);
});

test("a linked worktree lists its own files, also where a hook set GIT_DIR and the project is a folder below", async () => {
  using repo = makeRepository({ "sub/a": "x\n", top: "x\n" });
  repo.git(["worktree", "add", "--quiet", "../tree"]);
  repo.write({ "../tree/sub/only-here": "x\n" });
  const tree = repo.path("../tree");
  const hook = {
    env: {
      ...repo.env,
      GIT_DIR: repo.path(".git/worktrees/tree"),
      GIT_INDEX_FILE: repo.path(".git/worktrees/tree/index"),
    },
  };
  expect(pathsOf((await listProject(tree, hook)).files)).toEqual(["sub/a", "sub/only-here", "top"]);
  expect(pathsOf((await listProject(`${tree}/sub`, hook)).files)).toEqual(["a", "only-here"]);
});

test("GIT_DIR and GIT_WORK_TREE that point elsewhere are honoured", async () => {
  using repo = makeRepository({ a: "x\n", b: "x\n" });
  renameSync(repo.path(".git"), repo.path("../dotfiles.git"));
  const list = await listProject(repo.root, {
    env: { ...repo.env, GIT_DIR: repo.path("../dotfiles.git"), GIT_WORK_TREE: repo.root },
  });
  expect(list.source).toBe("git");
  expect(pathsOf(list.files)).toEqual(["a", "b"]);
});

test("a sparse checkout lists what is there, and so does a file that skip-worktree hides from git", async () => {
  using repo = makeRepository({ "in/a": "x\n", "out/b": "x\n", hidden: "x\n" });
  repo.git(["sparse-checkout", "set", "in"]);
  expect(pathsOf((await listProject(repo.root, repo)).files)).toEqual(["hidden", "in/a"]);
  repo.git(["sparse-checkout", "disable"]);
  repo.git(["update-index", "--skip-worktree", "hidden"]);
  repo.write({ hidden: "mine\n" });
  const list = await listProject(repo.root, repo);
  expect(pathsOf(list.files)).toEqual(["hidden", "in/a", "out/b"]);
  expect(list.files[0]?.blob).toBeUndefined();
});

test("files in conflict are listed once and named", async () => {
  using repo = makeRepository({ c: "1\n", d: "1\n" });
  repo.git(["checkout", "--quiet", "-b", "other"]);
  repo.write({ c: "2\n" });
  commitAll(repo, "two");
  repo.git(["checkout", "--quiet", "main"]);
  repo.write({ c: "3\n" });
  commitAll(repo, "three");
  expect(() => repo.git(["merge", "other"])).toThrow();
  const list = await listProject(repo.root, repo);
  expect(list.unmerged).toEqual(["c"]);
  expect(list.files.map(({ path, blob }) => [path, blob !== undefined])).toEqual([
    ["c", false],
    ["d", true],
  ]);
});

test("a file of which only the name is in the index (git add -N) is listed without a blob id", async () => {
  using repo = makeRepository({ a: "x\n" });
  repo.write({ ita: "x\n" });
  repo.git(["add", "--intent-to-add", "ita"]);
  expect((await listProject(repo.root, repo)).files.find(({ path }) => path === "ita")).toEqual({
    path: "ita",
    tracked: true,
    mode: "file",
  });
});

test("a repository without a commit lists what is there", async () => {
  using repo = makeRepository();
  expect((await listProject(repo.root, repo)).files).toEqual([]);
  repo.write({ a: "x\n", b: "x\n" });
  repo.git(["add", "a"]);
  expect((await listProject(repo.root, repo)).files.map(({ path, tracked }) => [path, tracked])).toEqual([
    ["a", true],
    ["b", false],
  ]);
});

test("a bare repository has no files to look at, and says so", async () => {
  using sandbox = makeSandbox();
  sandbox.git(["init", "--quiet", "--bare"]);
  expect(await listProject(sandbox.root, sandbox)).toMatchObject({
    files: [],
    odd: [{ reason: "it is a repository without a working tree" }],
  });
});

test("symbolic links that lead in circles are listed and not followed", async () => {
  using repo = makeRepository({ "d/a": "x\n" });
  symlinkSync("..", repo.path("d/up"));
  symlinkSync("self", repo.path("self"));
  expect(pathsOf((await listProject(repo.root, repo)).files)).toEqual(["d/a", "d/up", "self"]);
});

test("user settings that change what git prints change nothing here", async () => {
  using repo = makeRepository({ grün: "x\n", b: "x\n" });
  for (const [name, value] of [
    ["core.quotepath", "true"],
    ["color.ui", "always"],
    ["status.relativePaths", "true"],
    ["diff.renames", "copies"],
    ["core.pager", "false"],
    ["diff.noprefix", "true"],
  ]) {
    repo.git(["config", name ?? "", value ?? ""]);
  }
  expect(pathsOf((await listProject(repo.root, repo)).files)).toEqual(["b", "grün"]);
});

test("a folder that may not be entered is a problem, and the rest is listed", async () => {
  using repo = makeRepository({ a: "x\n" });
  repo.write({ "secret/b": "x\n" });
  chmodSync(repo.path("secret"), 0o000);
  // Root may read everything unless it gives that right up.
  const code = `import { listProject } from ${JSON.stringify(import.meta.resolve("../../../lib/git/project.ts"))};
    console.log(JSON.stringify(await listProject(${JSON.stringify(repo.root)}, { env: process.env })));`;
  const asUser = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];
  const run = Bun.spawnSync([...asUser, process.execPath, "-e", code], { cwd: repo.root, env: repo.env });
  chmodSync(repo.path("secret"), 0o700);
  expect(run.stderr.toString()).toBe("");
  const list: unknown = JSON.parse(run.stdout.toString());
  expect(list).toMatchObject({
    files: [{ path: "a" }],
    problems: [{ kind: "file", path: "secret", why: "permission denied" }],
  });
});

test("a damaged repository is a problem with git's own words, not a walk", async () => {
  using repo = makeRepository({ a: "x\n" });
  writeFileSync(repo.path(".git/index"), "garbage");
  expect(await messageOf(listProject(repo.root, repo))).toContain("index file");
  rmSync(repo.path(".git"), { recursive: true });
  writeFileSync(repo.path(".git"), "gitdir: /nowhere/at/all\n");
  expect(await messageOf(listProject(repo.root, repo))).toContain(
    "not a git repository: /nowhere/at/all | its .git file names a repository that is not there"
  );
});

test("without git a repository is not walked as if nothing were ignored", async () => {
  using repo = makeRepository({ a: "x\n" });
  const without = { env: { ...repo.env, PATH: "/nonexistent" } };
  expect(await messageOf(listProject(repo.root, without))).toContain("`git` is not to be found");
  rmSync(repo.path(".git"), { recursive: true });
  expect(pathsOf((await listProject(repo.root, without)).files)).toEqual(["a"]);
});

test("no listing writes in the repository", async () => {
  using repo = makeRepository({ a: "x\n" });
  // A later time makes the index entry stale, which a plain `git status` would write back.
  Bun.spawnSync(["touch", "-d", "2001-01-01", repo.path("a")]);
  const before = Bun.spawnSync(["find", repo.path(".git"), "-printf", "%p %T@\\n"]).stdout.toString();
  await listProject(repo.root, repo);
  expect(Bun.spawnSync(["find", repo.path(".git"), "-printf", "%p %T@\\n"]).stdout.toString()).toBe(before);
});

test("an ignored tree of many files costs nothing", async () => {
  using repo = makeRepository({ a: "x\n", ".gitignore": "junk/\n" });
  for (let folder = 0; folder < 50; folder += 1) {
    mkdirSync(repo.path("junk", String(folder)), { recursive: true });
    for (let file = 0; file < 100; file += 1) {
      writeFileSync(repo.path("junk", String(folder), String(file)), "");
    }
  }
  const trace = repo.path("../trace");
  const list = await listProject(repo.root, { env: { ...repo.env, GIT_TRACE2_PERF: trace } });
  expect(pathsOf(list.files)).toEqual([".gitignore", "a"]);
  const visited = [...(await Bun.file(trace).text()).matchAll(/directories-visited:(\d+)/g)].map(([, count]) =>
    Number(count)
  );
  expect(Math.max(...visited)).toBeLessThan(3);
});
