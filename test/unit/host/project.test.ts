import { expect, test } from "bun:test";
import { mkdirSync, realpathSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { show } from "../../../lib/core/problem.ts";
import { findProject, type Project } from "../../../lib/host/project.ts";
import { tempFolder } from "../../support/temp-folder.ts";
import { commitAll, makeRepository, makeSandbox } from "../git/repository.ts";

function projectOf(cwd: string, userHome?: string): Project {
  const found = findProject(cwd, userHome);
  if (!found.ok) {
    throw new Error(found.problems.map((problem) => show(problem).message).join("\n"));
  }
  return found.project;
}

/** What git itself says of a folder. */
function gitSays(
  box: ReturnType<typeof makeSandbox>,
  folder: string
): { worktree: string; gitDir: string; commonDir: string } {
  const [worktree = "", gitDir = "", commonDir = ""] = box
    .git(["rev-parse", "--path-format=absolute", "--show-toplevel", "--git-dir", "--git-common-dir"], folder)
    .split("\n");
  return { worktree, gitDir: realpathSync(gitDir), commonDir: realpathSync(commonDir) };
}

test("the nearest folder with a konductor.toml is the project", () => {
  using box = makeRepository({ "konductor.toml": "", "a/konductor.toml": "", "a/b/c/file": "", "d/file": "" });
  const git = gitSays(box, "");
  expect(projectOf(box.path("a/b/c"))).toEqual({ root: box.path("a"), kind: "config", git });
  expect(projectOf(box.path("d"))).toEqual({ root: box.root, kind: "config", git });
  expect(projectOf(box.root)).toEqual({ root: box.root, kind: "config", git });
});

test("without one it is the git root", () => {
  using box = makeRepository({ "a/b/file": "" });
  expect(projectOf(box.path("a/b"))).toEqual({ root: box.root, kind: "git", git: gitSays(box, "a/b") });
});

test("without either it is the folder itself", () => {
  using temp = tempFolder({ "a/b/file": "" });
  expect(projectOf(temp.at("a/b"))).toEqual({ root: temp.at("a/b"), kind: "folder" });
});

test("a linked worktree and a submodule are found as git finds them", () => {
  using box = makeRepository({ "konductor.toml": "", "a/file": "" });
  using other = makeRepository({ "x/file": "" });
  box.git(["worktree", "add", "--quiet", "../tree"]);
  box.git(["submodule", "--quiet", "add", other.root, "libs/sub"]);
  commitAll(box, "submodule");
  const tree = join(box.root, "../tree");
  expect(projectOf(join(tree, "a"))).toEqual({
    root: realpathSync(tree),
    kind: "config",
    git: gitSays(box, "../tree"),
  });
  // The project around a submodule does not capture it: git lists its files only from inside.
  expect(projectOf(box.path("libs/sub/x"))).toEqual({
    root: box.path("libs/sub"),
    kind: "git",
    git: gitSays(box, "libs/sub"),
  });
  expect(projectOf(box.path("libs"))).toMatchObject({ root: box.root, kind: "config" });
});

test("a repository whose git folder is elsewhere is found", () => {
  using box = makeSandbox();
  box.git(["init", "--quiet", "--separate-git-dir", "../elsewhere.git", "work"]);
  expect(projectOf(box.path("work"))).toEqual({ root: box.path("work"), kind: "git", git: gitSays(box, "work") });
  using linked = makeRepository({ file: "" });
  renameSync(linked.path(".git"), join(linked.root, "../moved"));
  symlinkSync("../moved", linked.path(".git"));
  expect(projectOf(linked.root)).toEqual({ root: linked.root, kind: "git", git: gitSays(linked, "") });
});

test("in a bare repository and inside of .git the folder stands for itself", () => {
  using box = makeRepository({ "konductor.toml": "", file: "" });
  box.git(["clone", "--quiet", "--bare", ".", "bare.git"]);
  for (const folder of ["bare.git", "bare.git/refs", ".git", ".git/hooks", ".git/refs/heads"]) {
    expect(projectOf(box.path(folder))).toEqual({ root: box.path(folder), kind: "folder" });
  }
  box.git(["worktree", "add", "--quiet", ".git/k/tree"]);
  expect(projectOf(box.path(".git/k/tree"))).toMatchObject({ root: box.path(".git/k/tree"), kind: "config" });
});

test("a .git that is no repository is walked past, and one that leads nowhere ends the walk", () => {
  using box = makeRepository({
    "konductor.toml": "",
    "empty/file": "",
    "broken/deep/file": "",
    "odd/file": "",
    "broken/.git": "gitdir: ../gone\n",
    "odd/.git": "what\n",
  });
  mkdirSync(box.path("empty/.git"));
  expect(projectOf(box.path("empty"))).toMatchObject({ root: box.root, kind: "config" });
  expect(projectOf(box.path("broken/deep"))).toEqual({ root: box.path("broken"), kind: "folder" });
  expect(projectOf(box.path("odd"))).toEqual({ root: box.path("odd"), kind: "folder" });
});

test("a stray konductor.toml in the home folder or above captures nothing", () => {
  using temp = tempFolder({
    "home/konductor.toml": "",
    "home/work/plain/file": "",
    "home/work/mine/konductor.toml": "",
    "home/work/mine/sub/file": "",
    "konductor.toml": "",
  });
  const home = temp.at("home");
  expect(projectOf(temp.at("home/work/plain"), home)).toEqual({ root: temp.at("home/work/plain"), kind: "folder" });
  expect(projectOf(temp.at("home/work/mine/sub"), home)).toEqual({ root: temp.at("home/work/mine"), kind: "config" });
  // Whoever stands there means it.
  expect(projectOf(home, home)).toEqual({ root: home, kind: "config" });
  symlinkSync("home", temp.at("link"));
  expect(projectOf(temp.at("home/work/plain"), temp.at("link"))).toMatchObject({ kind: "folder" });
});

test("a home folder that is a repository is a project, as it is for git", () => {
  using box = makeRepository({ "konductor.toml": "", "a/file": "" });
  expect(projectOf(box.path("a"), box.root)).toMatchObject({ root: box.root, kind: "config" });
});

test("a konductor.toml above the git root does not count", () => {
  using box = makeSandbox();
  box.write({ "konductor.toml": "", "repo/file": "" });
  box.git(["init", "--quiet", "repo"]);
  expect(projectOf(box.path("repo"))).toMatchObject({ root: box.path("repo"), kind: "git" });
});

test("a konductor.toml that is a folder or a dangling link marks the root all the same, so that it is told", () => {
  using temp = tempFolder({ "a/konductor.toml/x": "", "b/sub/file": "" });
  symlinkSync("gone", temp.at("b/konductor.toml"));
  expect(projectOf(temp.at("a"))).toMatchObject({ root: temp.at("a"), kind: "config" });
  expect(projectOf(temp.at("b/sub"))).toMatchObject({ root: temp.at("b"), kind: "config" });
});

test("symbolic links on the way are resolved", () => {
  using box = makeRepository({ "a/konductor.toml": "", "a/b/file": "" });
  symlinkSync("work/a/b", join(box.root, "../link"));
  expect(projectOf(join(box.root, "../link"))).toMatchObject({ root: box.path("a"), kind: "config" });
});

test("a folder that is gone, and a file, are problems", () => {
  using temp = tempFolder({ file: "" });
  mkdirSync(temp.at("gone"));
  rmSync(temp.at("gone"), { recursive: true });
  const problems = (cwd: string): readonly string[] => {
    const found = findProject(cwd);
    return found.ok ? [] : found.problems.map((problem) => show(problem).message);
  };
  expect(problems(temp.at("gone"))).toEqual([`${temp.at("gone")}: no project can be here: no such file or folder`]);
  expect(problems(temp.at("file"))).toEqual([`${temp.at("file")}: no project can be here: it is not a folder`]);
});
