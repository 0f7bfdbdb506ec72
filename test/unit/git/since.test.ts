import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { ProblemError, show } from "../../../lib/core/problem.ts";
import { changedLines, isChanged } from "../../../lib/git/changed-lines.ts";
import { allLines } from "../../../lib/git/parse-diff.ts";
import { listSince } from "../../../lib/git/since.ts";
import { commitAll, makeRepository, makeSandbox, pathsOf, type Sandbox } from "./repository.ts";

/** `main` and a branch that left it; both went on. */
function makeBranches(): Sandbox {
  const repo = makeRepository({ base: "1\n2\n3\n4\n5\n", both: "1\n", "sub/x": "1\n2\n" });
  repo.git(["checkout", "--quiet", "-b", "feature"]);
  repo.write({ both: "2\n", committed: "1\n" });
  commitAll(repo, "on the branch");
  repo.git(["checkout", "--quiet", "main"]);
  repo.write({ "only-main": "1\n" });
  commitAll(repo, "on main");
  repo.git(["checkout", "--quiet", "feature"]);
  return repo;
}

async function problemOf(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason
  );
  if (!(error instanceof ProblemError)) {
    throw new Error(`it did not reject with a problem: ${String(error)}`);
  }
  return error.problems.map((problem) => `${show(problem).message} | ${show(problem).hint ?? ""}`).join("\n");
}

test("what changed since the merge base is listed: committed, staged, edited, untracked, and nothing of the other side", async () => {
  using repo = makeBranches();
  repo.write({ "sub/x": "1\nedited\n", staged: "1\n", untracked: "1\n" });
  repo.git(["add", "staged"]);
  const list = await listSince(repo.root, "main", repo);
  expect(pathsOf(list.files)).toEqual(["both", "committed", "staged", "sub/x", "untracked"]);
  expect(list.files.find(({ path }) => path === "committed")?.blob).toBe(
    repo.git(["rev-parse", "HEAD:committed"]).trim()
  );
});

test("a project in a folder of a repository sees what changed in it, by paths from there", async () => {
  using repo = makeBranches();
  repo.write({ "sub/x": "1\nedited\n" });
  expect(pathsOf((await listSince(repo.path("sub"), "main", repo)).files)).toEqual(["x"]);
  expect([...(await changedLines(repo.path("sub"), "main", repo))]).toEqual([["x", [[2, 2]]]]);
});

test("a file that was deleted since is not listed", async () => {
  using repo = makeBranches();
  rmSync(repo.path("base"));
  expect(pathsOf((await listSince(repo.root, "main", repo)).files)).toEqual(["both", "committed"]);
});

test("a word that names no commit is a problem with a hint", async () => {
  using repo = makeBranches();
  for (const ref of ["nope", "", "-p", "--output=stolen", "main..feature", "main...feature", "^main", "HEAD:base"]) {
    expect(await problemOf(listSince(repo.root, ref, repo))).toMatch(
      /no commit is called .* \| name a branch, tag or commit/
    );
    expect(await problemOf(changedLines(repo.root, ref, repo))).toMatch(/no commit is called/);
  }
  expect(pathsOf((await listSince(repo.root, "HEAD~1", repo)).files)).toEqual(["both", "committed"]);
});

test("histories that have nothing in common are a problem that says how a shallow clone is mended", async () => {
  using repo = makeBranches();
  repo.git(["checkout", "--quiet", "--orphan", "alone"]);
  repo.git(["commit", "--quiet", "--message", "alone"]);
  expect(await problemOf(listSince(repo.root, "main", repo))).toContain(
    "have no commit in common | in a shallow clone, `git fetch --unshallow`"
  );
});

test("merges in both directions leave several merge bases, of which one is taken", async () => {
  using repo = makeBranches();
  const main = repo.git(["rev-parse", "main"]).trim();
  const feature = repo.git(["rev-parse", "feature"]).trim();
  repo.git(["merge", "--quiet", "--no-edit", main]);
  repo.git(["checkout", "--quiet", "main"]);
  repo.git(["merge", "--quiet", "--no-edit", feature]);
  repo.git(["checkout", "--quiet", "feature"]);
  repo.write({ base: "1\n2\nchanged\n4\n5\n" });
  expect(repo.git(["merge-base", "--all", "main", "HEAD"]).trim().split("\n")).toHaveLength(2);
  expect(pathsOf((await listSince(repo.root, "main", repo)).files)).toContain("base");
});

test("in a repository without a commit everything is new", async () => {
  using repo = makeRepository();
  repo.write({ a: "1\n", b: "1\n" });
  repo.git(["add", "a"]);
  expect(pathsOf((await listSince(repo.root, "main", repo)).files)).toEqual(["a", "b"]);
  expect([...(await changedLines(repo.root, undefined, repo)).keys()]).toEqual(["a", "b"]);
});

test("outside of a repository both are a problem", async () => {
  using sandbox = makeSandbox();
  sandbox.write({ a: "1\n" });
  expect(await problemOf(listSince(sandbox.root, "main", sandbox))).toContain("not a git repository");
  expect(await problemOf(changedLines(sandbox.root, undefined, sandbox))).toContain("not a git repository");
});

test("changed lines are those of the new side, with untracked and added files as a whole", async () => {
  using repo = makeBranches();
  repo.write({ base: "1\nchanged\n3\n5\nadded\nadded\n", untracked: "1\n", "sub/x": "1\n" });
  const changed = await changedLines(repo.root, "main", repo);
  expect(Object.fromEntries(changed)).toEqual({
    base: [
      [2, 2],
      [5, 6],
    ],
    both: [[1, 1]],
    committed: allLines,
    "sub/x": [],
    untracked: allLines,
  });
  expect(isChanged(changed, { path: "base", line: 2 })).toBe(true);
  expect(isChanged(changed, { path: "base", line: 3 })).toBe(false);
  expect(isChanged(changed, { path: "base", line: 3, endLine: 5 })).toBe(true);
  expect(isChanged(changed, { path: "untracked", line: 4711 })).toBe(true);
  expect(isChanged(changed, { path: "only-main", line: 1 })).toBe(false);
});

test("without a revision the upstream is compared with, else main, master or the remote's default branch", async () => {
  using repo = makeBranches();
  const files = async (): Promise<readonly string[]> => [...(await changedLines(repo.root, undefined, repo)).keys()];
  expect(await files()).toEqual(["both", "committed"]);
  repo.git(["branch", "--quiet", "published"]);
  repo.git(["branch", "--quiet", "--set-upstream-to", "published"]);
  repo.write({ base: "1\nchanged\n3\n4\n5\n" });
  expect(await files()).toEqual(["base"]);
  repo.git(["branch", "--quiet", "--unset-upstream"]);
  repo.git(["branch", "--quiet", "-m", "main", "master"]);
  expect(await files()).toEqual(["base", "both", "committed"]);
  repo.git(["update-ref", "refs/remotes/origin/trunk", "master"]);
  repo.git(["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"]);
  repo.git(["branch", "--quiet", "-D", "master"]);
  expect(await files()).toEqual(["base", "both", "committed"]);
  repo.git(["checkout", "--quiet", "--detach"]);
  expect(await files()).toEqual(["base", "both", "committed"]);
  repo.git(["symbolic-ref", "--delete", "refs/remotes/origin/HEAD"]);
  expect(await problemOf(files())).toContain(
    "no main, master or origin/HEAD to compare with | name a revision with --since REF"
  );
});

test("user settings and odd names do not disturb the reading of the diff", async () => {
  const names = ["new\nline", 'quo"te', " lead", "trail ", "grün", "-dash", "tab\tx", "a\ndiff --git a/x b/x"];
  const text = "1\n2\n3\n";
  using repo = makeRepository(Object.fromEntries(names.map((name) => [name, text])));
  for (const [name, value] of Object.entries({
    "color.diff": "always",
    "diff.noprefix": "true",
    "diff.mnemonicPrefix": "true",
    "diff.external": "false",
    "diff.context": "9",
    "diff.interHunkContext": "9",
    "diff.renames": "copies",
    "diff.algorithm": "patience",
    "diff.suppressBlankEmpty": "true",
    "core.quotepath": "true",
    "diff.orderFile": repo.path("../order"),
    "diff.relative": "false",
    "diff.wsErrorHighlight": "all",
  })) {
    repo.git(["config", name, value]);
  }
  repo.write({ "../order": "*t*\n" });
  repo.write(Object.fromEntries(names.map((name) => [name, "1\n++ b/x\n3\n"])));
  expect(Object.fromEntries(await changedLines(repo.root, "HEAD", repo))).toEqual(
    Object.fromEntries(names.map((name) => [name, [[2, 2]]]))
  );
});
