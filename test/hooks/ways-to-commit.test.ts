import { expect, test } from "bun:test";
import { existsSync, writeFileSync } from "node:fs";
import { hookedAt, type HookedRepository, installHook, makeHooked } from "../support/hooked-repository.ts";

const time = 60_000;

const old = "1\n2\n3\n4\n5\n";
const staged = "fixme\n2\n3\n4\n5\n";
const fixed = "FIXME\n2\n3\n4\n5\n";
const mine = "fixme\n2\n3\n4\nmine\n";
const both = "FIXME\n2\n3\n4\nmine\n";

const head = (repository: HookedRepository, path: string): string => repository.git("show", `HEAD:${path}`);
const status = (repository: HookedRepository): string => repository.git("status", "--porcelain");

/** `part` has a staged and an unstaged change, `whole` only a staged one, `away` only an unstaged one. */
function partial(): HookedRepository {
  const repository = makeHooked({ part: old, whole: old, away: old });
  repository.write({ part: staged, whole: staged });
  repository.git("add", "part", "whole");
  repository.write({ part: mine, away: "my fixme\n" });
  return repository;
}

function commit(repository: HookedRepository, ...args: readonly string[]): void {
  const ran = repository.run(["commit", "-m", "m", ...args]);
  expect({ stderr: ran.stderr, exitCode: ran.exitCode }).toEqual({ stderr: "", exitCode: 0 });
  expect(repository.leftovers()).toEqual([]);
  expect(repository.git("stash", "list")).toBe("");
}

test(
  "git commit takes the fix of what is staged, and what is not staged stays and gets it too",
  () => {
    using repository = partial();
    commit(repository);
    expect([head(repository, "part"), head(repository, "whole"), head(repository, "away")]).toEqual([
      fixed,
      fixed,
      old,
    ]);
    expect([repository.read("part"), repository.read("whole"), repository.read("away")]).toEqual([
      both,
      fixed,
      "my fixme\n",
    ]);
    expect(status(repository)).toBe(" M away\n M part\n");
  },
  time
);

test(
  "git commit -a checks and fixes all that is changed, and leaves nothing to commit",
  () => {
    using repository = partial();
    commit(repository, "-a");
    expect([head(repository, "part"), head(repository, "whole"), head(repository, "away")]).toEqual([
      both,
      fixed,
      "MY FIXME\n",
    ]);
    expect(status(repository)).toBe("");
  },
  time
);

test(
  "git commit PATH fixes that path in the commit and in the index, and leaves what else is staged alone",
  () => {
    using repository = partial();
    commit(repository, "part");
    expect([head(repository, "part"), head(repository, "whole")]).toEqual([both, old]);
    expect([repository.read("part"), repository.read("whole")]).toEqual([both, staged]);
    expect(status(repository)).toBe(" M away\nM  whole\n");
  },
  time
);

test(
  "git commit -p fixes the hunks that were chosen",
  () => {
    using repository = makeHooked({ part: old, away: old });
    repository.write({ part: mine, away: "my fixme\n" });
    const ran = repository.run(["commit", "-m", "m", "-p", "part"], {}, { stdin: "s\ny\nn\n" });
    expect(ran.exitCode).toBe(0);
    expect(head(repository, "part")).toBe(fixed);
    expect([repository.read("part"), repository.read("away")]).toEqual([both, "my fixme\n"]);
    expect(status(repository)).toBe(" M away\n M part\n");
  },
  time
);

test(
  "git add -p and then git commit is the same",
  () => {
    using repository = makeHooked({ part: old });
    repository.write({ part: mine });
    expect(repository.run(["add", "-p"], {}, { stdin: "s\ny\nn\n" }).exitCode).toBe(0);
    commit(repository);
    expect([head(repository, "part"), repository.read("part")]).toEqual([fixed, both]);
  },
  time
);

test(
  "git commit --amend fixes what is staged on top of the commit that it replaces",
  () => {
    using repository = partial();
    commit(repository, "--amend");
    expect([head(repository, "part"), head(repository, "whole")]).toEqual([fixed, fixed]);
    expect(repository.git("rev-list", "--count", "HEAD").trim()).toBe("1");
  },
  time
);

test(
  "git commit --amend with nothing staged goes through",
  () => {
    using repository = makeHooked({ part: old });
    commit(repository, "--amend", "--allow-empty");
    expect(repository.git("log", "--format=%s").trim()).toBe("m");
  },
  time
);

test(
  "the first commit is fixed like any other",
  () => {
    using repository = makeHooked();
    repository.write({ part: staged, whole: staged });
    repository.git("add", "part", "whole");
    repository.write({ part: mine });
    commit(repository);
    expect([head(repository, "part"), head(repository, "whole"), repository.read("part")]).toEqual([
      fixed,
      fixed,
      both,
    ]);
  },
  time
);

test(
  "a commit from a subfolder is the same",
  () => {
    using repository = partial();
    repository.write({ "sub/x": staged });
    repository.git("add", "sub/x");
    expect(repository.run(["commit", "-m", "m"], {}, { cwd: repository.at("sub") }).exitCode).toBe(0);
    expect([head(repository, "sub/x"), head(repository, "part"), repository.read("sub/x")]).toEqual([
      fixed,
      fixed,
      fixed,
    ]);
  },
  time
);

/** Two branches: `side` changes `theirs`, and also the first line of `clash` where asked for. */
function branches(clash: boolean): HookedRepository {
  const repository = makeHooked({ theirs: old, clash: old, dirty: old });
  repository.git("checkout", "--quiet", "-b", "side");
  repository.write({ theirs: staged, ...(clash ? { clash: "side\n2\n3\n4\n5\n" } : {}) });
  repository.git("commit", "--quiet", "--no-verify", "-a", "-m", "side");
  repository.git("checkout", "--quiet", "main");
  repository.write({ clash: "main\n2\n3\n4\n5\n" });
  repository.git("commit", "--quiet", "--no-verify", "-a", "-m", "main");
  return repository;
}

test(
  "the tree of a clean merge is made before its hook runs: the hook sees it, and a fix comes too late and stays staged",
  () => {
    using repository = branches(false);
    installHook(repository.at(".git"), "pre-merge-commit");
    repository.write({ dirty: "my fixme\n" });
    const report = repository.at("../report");
    expect(repository.run(["merge", "-m", "m", "side"], { report })).toMatchObject({ exitCode: 0 });
    expect(JSON.parse(repository.read("../report"))).toMatchObject({
      files: [{ path: "theirs" }],
      written: ["theirs"],
    });
    expect([head(repository, "theirs"), repository.git("show", ":theirs"), repository.read("dirty")]).toEqual([
      staged,
      fixed,
      "my fixme\n",
    ]);
    expect(status(repository)).toBe(" M dirty\nM  theirs\n");
  },
  time
);

test(
  "a merge whose conflict was resolved is fixed and stays a merge",
  () => {
    using repository = branches(true);
    expect(repository.run(["merge", "side"]).exitCode).toBe(1);
    const stopped = repository.run(["commit", "-m", "m"]);
    expect(stopped.exitCode).not.toBe(0);
    repository.write({ clash: "both fixme\n2\n3\n4\n5\n" });
    repository.git("add", "clash");
    commit(repository);
    expect([head(repository, "clash"), head(repository, "theirs")]).toEqual(["BOTH FIXME\n2\n3\n4\n5\n", fixed]);
    expect(repository.git("rev-list", "--parents", "-1", "HEAD").trim().split(" ")).toHaveLength(3);
  },
  time
);

test(
  "paths in conflict stop the hook, which names them and changes nothing",
  () => {
    using repository = branches(true);
    installHook(repository.at(".git"), "post-checkout");
    repository.run(["merge", "side"]);
    const before = repository.git("ls-files", "-s");
    // Git itself refuses to commit then: another hook sees it.
    const ran = repository.run(["checkout", "HEAD", "--", "dirty"]);
    expect(ran.stderr).toContain("the commit is stopped: a merge left conflicts in clash");
    expect(repository.git("ls-files", "-s")).toBe(before);
    expect(existsSync(repository.at(".git/MERGE_HEAD"))).toBe(true);
  },
  time
);

test(
  "cherry-pick and revert run no pre-commit hook, and the commit that ends one with a conflict does",
  () => {
    using repository = branches(true);
    const side = repository.git("rev-parse", "side").trim();
    expect(repository.run(["cherry-pick", side]).exitCode).toBe(1);
    repository.write({ clash: "picked fixme\n" });
    repository.git("add", "clash");
    commit(repository);
    expect([head(repository, "clash"), head(repository, "theirs")]).toEqual(["PICKED FIXME\n", fixed]);
    repository.git("revert", "--no-edit", "HEAD");
    expect(head(repository, "theirs")).toBe(old);
  },
  time
);

test(
  "a rebase that stops to edit fixes what is amended",
  () => {
    using repository = makeHooked({ a: old, b: old });
    for (const name of ["a", "b"]) {
      repository.write({ [name]: `${old}${name}\n` });
      repository.git("commit", "--quiet", "--no-verify", "-a", "-m", name);
    }
    repository.git("-c", "sequence.editor=sed -i 1s/^pick/edit/", "rebase", "--quiet", "-i", "HEAD~2");
    repository.write({ a: mine });
    repository.git("add", "a");
    commit(repository, "--amend");
    repository.git("rebase", "--continue");
    expect([head(repository, "a"), head(repository, "b")]).toEqual([both, `${old}b\n`]);
    expect(status(repository)).toBe("");
  },
  time
);

test(
  "a linked worktree is fixed by its own index, and the main one is not touched",
  () => {
    using repository = partial();
    const before = status(repository);
    repository.git("worktree", "add", "--quiet", "../linked", "-b", "linked");
    const linked = hookedAt(repository.at("../linked"), repository.env);
    linked.write({ part: staged });
    linked.git("add", "part");
    linked.write({ part: mine });
    commit(linked);
    expect([head(linked, "part"), linked.read("part")]).toEqual([fixed, both]);
    expect([status(repository), repository.read("part")]).toEqual([before, mine]);
  },
  time
);

test(
  "a submodule is a repository of its own, and its pointer is left alone",
  () => {
    using repository = makeHooked({ a: old });
    using inner = makeHooked({ part: old });
    repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.root, "module");
    commit(repository);
    const module = hookedAt(repository.at("module"), repository.env);
    installHook(module.gitDir, "pre-commit");
    module.write({ part: staged });
    module.git("add", "part");
    module.write({ part: mine });
    commit(module);
    expect([head(module, "part"), module.read("part")]).toEqual([fixed, both]);
    repository.write({ a: staged });
    repository.git("add", "a");
    commit(repository);
    expect([head(repository, "a"), status(repository)]).toEqual([fixed, " M module\n"]);
    repository.git("add", "module");
    commit(repository);
    expect(repository.git("rev-parse", "HEAD:module")).toBe(module.git("rev-parse", "HEAD"));
  },
  time
);

test(
  "a repository that the environment names, with its working tree elsewhere, is fixed there",
  () => {
    using repository = partial();
    using elsewhere = makeHooked();
    const env = { ...repository.env, GIT_DIR: repository.at(".git"), GIT_WORK_TREE: repository.root };
    const named = hookedAt(elsewhere.root, env);
    expect(named.run(["commit", "-m", "m"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect([head(repository, "part"), repository.read("part")]).toEqual([fixed, both]);
  },
  time
);

test(
  "an index that the environment names is the one that gets the fix",
  () => {
    using repository = partial();
    const before = repository.git("ls-files", "-s");
    const named = hookedAt(repository.root, { ...repository.env, GIT_INDEX_FILE: repository.at("../my-index") });
    named.git("read-tree", "HEAD");
    named.git("update-index", "--add", "whole");
    expect(named.run(["commit", "-m", "m"])).toMatchObject({ exitCode: 0 });
    expect([head(repository, "whole"), head(repository, "part")]).toEqual([fixed, old]);
    expect(repository.git("ls-files", "-s")).toBe(before);
  },
  time
);

test(
  "fixes that undo all that is staged stop the commit, and nothing changes",
  () => {
    using repository = makeHooked({ a: "FIXME\n" });
    repository.write({ a: "fixme\n" });
    repository.git("add", "a");
    const ran = repository.run(["commit", "-m", "m"]);
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain("the commit is stopped: its fixes undo all that is staged");
    expect([repository.read("a"), status(repository)]).toEqual(["fixme\n", "M  a\n"]);
    expect(repository.leftovers()).toEqual([]);
  },
  time
);

test(
  "a commit that stops behind the hook leaves the fixes staged, or unstaged where git drops its index",
  () => {
    using repository = partial();
    refuseMessages(repository);
    expect(repository.run(["commit", "-m", "m"]).exitCode).toBe(1);
    expect([repository.git("show", ":whole"), repository.read("whole"), head(repository, "whole")]).toEqual([
      fixed,
      fixed,
      old,
    ]);
    using other = partial();
    refuseMessages(other);
    expect(other.run(["commit", "-a", "-m", "m"]).exitCode).toBe(1);
    expect([other.git("show", ":whole"), other.read("whole"), other.read("part")]).toEqual([staged, fixed, both]);
  },
  time
);

function refuseMessages(repository: HookedRepository): void {
  writeFileSync(repository.at(".git/hooks/commit-msg"), "#!/bin/sh\nexit 1\n", { mode: 0o755 });
}
