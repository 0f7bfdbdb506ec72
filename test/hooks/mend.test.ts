import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { hooked, withHooks } from "../support/hooked.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

const mending = { "konductor.toml": "[hooks]\nfix = true\n" };
const untidy = "import os\nx = {  'a':1 }\n";
const tidy = 'x = {"a": 1}\n';

test("with fix on, jobs mend what is committed and say what they did", async () => {
  await using box = await hooked({ ...mending, "ok.txt": "fine\n" }, { commit: true });
  await box.write({ "app.py": untidy, "blank.txt": "one  \ntwo" });
  const commit = await box.commit();
  expect([commit.exitCode, commit.stderr]).toEqual([
    0,
    expect.stringContaining("pre-commit: mended and staged: app.py, blank.txt\n"),
  ]);
  expect(await box.git("show", "HEAD:app.py")).toBe(tidy);
  expect(await box.git("show", "HEAD:blank.txt")).toBe("one\ntwo\n");
  expect(await box.read("app.py")).toBe(tidy);
  expect(await box.git("status", "--porcelain")).toBe("");
});

test("what is not staged stays as it is, in the same file too", async () => {
  await using box = await hooked({ ...mending, "app.py": "one = 1\n\n\ntwo = 2\n\n\nthree = 3\n" }, { commit: true });
  await box.write({ "app.py": "one = 1\n\n\ntwo = 2\n\n\nthree =  3\n" });
  await box.git("add", "--all");
  await box.write({ "app.py": "one = 100  # mine\n\n\ntwo = 2\n\n\nthree =  3\n", "other.txt": "untracked  \n" });
  const commit = await box.tryGit(["commit", "--message", "feat: three"]);
  // The fix undoes all that was staged.
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("nothing would be left to commit")]);
  await box.write({ "app.py": "one = 1\n\n\ntwo = 2\n\n\nthree =  33\n" });
  await box.git("add", "app.py");
  await box.write({ "app.py": "one = 100  # mine\n\n\ntwo = 2\n\n\nthree =  33\n" });
  const again = await box.tryGit(["commit", "--message", "feat: three"]);
  expect([again.exitCode, again.stderr]).toEqual([0, expect.stringContaining("mended and staged: app.py")]);
  expect(await box.git("show", "HEAD:app.py")).toBe("one = 1\n\n\ntwo = 2\n\n\nthree = 33\n");
  expect(await box.read("app.py")).toBe("one = 100  # mine\n\n\ntwo = 2\n\n\nthree = 33\n");
  expect(await box.read("other.txt")).toBe("untracked  \n");
});

test("where the user changed the same line, the commit has the fix and the user's bytes stay", async () => {
  await using box = await hooked({ ...mending, "ok.txt": "fine\n" }, { commit: true });
  await box.write({ "app.py": "x =  1\n" });
  await box.git("add", "--all");
  await box.write({ "app.py": "x =  1  # not yet\n" });
  const commit = await box.tryGit(["commit", "--message", "feat: x"]);
  expect([commit.exitCode, commit.stderr]).toEqual([
    0,
    expect.stringContaining("your own edits of the same lines stay as they are: app.py"),
  ]);
  expect(await box.git("show", "HEAD:app.py")).toBe("x = 1\n");
  expect(await box.read("app.py")).toBe("x =  1  # not yet\n");
});

test("one job that fails leaves index and working tree as they were, bit for bit", async () => {
  await using box = await hooked({ ...mending, "ok.txt": "fine\n" }, { commit: true });
  await box.write({ "app.py": untidy, "broken.sh": "#!/bin/bash\ncd $1\n" });
  await box.git("add", "--all");
  const before = await box.git("ls-files", "-s");
  const commit = await box.tryGit(["commit", "--message", "feat: add"]);
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("✖ shell-syntax")]);
  expect(await box.git("ls-files", "-s")).toBe(before);
  expect(await box.read("app.py")).toBe(untidy);
});

test("two jobs that mend one file take turns, and both fixes are in the commit", async () => {
  const job = (from: string, to: string) =>
    `{ command: ["sh", "-c", "! grep -q ${from} {files}"], mend: ["sed", "-i", "s/${from}/${to}/g", "{files}"], files: ["*.letters"], fix: true }`;
  await using box = await withHooks({
    "pre-commit": `{ summary: "x", jobs: { first: ${job("a", "b")}, second: ${job("b", "c")}, last: { command: ["grep", "-q", "ccx", "{files}"], files: ["*.letters"] } } }`,
  });
  await box.write({ "some.letters": "abx\n" });
  const plan = await box.k("hooks", "run", "pre-commit", "--dry-run");
  expect(plan.stderr).not.toContain("first  (");
  await box.git("add", "--all");
  const staged = await box.k("hooks", "run", "pre-commit", "--dry-run");
  expect(staged.stderr).toContain("second  (1 file; mends; after first)");
  expect(staged.stderr).toContain("last  (1 file; after first, second)");
  const commit = await box.tryGit(["commit", "--message", "feat: letters"]);
  expect([commit.exitCode, commit.stderr]).toEqual([0, expect.stringContaining("mended and staged: some.letters")]);
  expect(await box.git("show", "HEAD:some.letters")).toBe("ccx\n");
});

test("in the middle of a merge nothing is mended, unless it is asked for", async () => {
  await using box = await hooked({ ...mending, "a.txt": "a\n" }, { commit: true });
  await box.git("checkout", "--quiet", "-b", "side");
  await box.write({ "a.txt": "side\n" });
  await box.git("commit", "--quiet", "--no-verify", "--all", "--message=side");
  await box.git("checkout", "--quiet", "main");
  await box.write({ "a.txt": "main\n" });
  await box.git("commit", "--quiet", "--no-verify", "--all", "--message=main");
  await box.tryGit(["merge", "--quiet", "side"]);
  const conflicted = await box.tryGit(["commit", "--all", "--message", "merge"]);
  expect(conflicted.exitCode).toBe(1);
  await box.write({ "a.txt": "both  \n" });
  await box.git("add", "--all");
  const commit = await box.tryGit(["commit", "--no-edit"]);
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("[k trailing-whitespace]")]);
  expect(await Bun.file(join(box.root, ".git/MERGE_HEAD")).exists()).toBe(true);
  const command = /to mend it: k (.*)/.exec(commit.stderr)?.[1] ?? "";
  expect((await box.k(...command.split(" "))).exitCode).toBe(0);
  expect((await box.tryGit(["commit", "--no-edit"])).exitCode).toBe(0);
  expect(await box.git("show", "HEAD:a.txt")).toBe("both\n");
});

test("commit -a, commit PATH and --amend have the fix in the commit and in the index", async () => {
  await using box = await hooked({ ...mending, "a.py": "a = 1\n", "b.py": "b = 1\n" }, { commit: true });
  await box.write({ "a.py": "a =  2\n", "b.py": "b =  2\n" });
  expect((await box.tryGit(["commit", "--quiet", "--message=feat: a", "a.py"])).exitCode).toBe(0);
  expect(await box.git("show", "HEAD:a.py")).toBe("a = 2\n");
  expect(await box.git("status", "--porcelain")).toBe(" M b.py\n");
  expect((await box.tryGit(["commit", "--quiet", "--all", "--message=feat: b"])).exitCode).toBe(0);
  expect(await box.git("show", "HEAD:b.py")).toBe("b = 2\n");
  await box.write({ "b.py": "b =  3\n" });
  await box.git("add", "--all");
  expect((await box.tryGit(["commit", "--quiet", "--amend", "--no-edit"])).exitCode).toBe(0);
  expect(await box.git("show", "HEAD:b.py")).toBe("b = 3\n");
  expect(await box.git("status", "--porcelain")).toBe("");
});

test("a whole-project job sees what was mended", async () => {
  await using box = await withHooks(
    {
      "pre-commit": `{ summary: "x", jobs: { whole: { command: ["sh", "-c", "cat app.py > ../seen 2>/dev/null || cat app.py > $SEEN"], env: { SEEN: "/dev/null" }, wholeProject: true } } }`,
    },
    { "konductor.toml": "fix = true\n" }
  );
  await box.write({ "app.py": untidy });
  await box.git("add", "--all");
  const commit = await box.tryGit(["commit", "--message", "feat: add"]);
  expect([commit.exitCode, commit.stderr]).toEqual([0, expect.stringContaining("mended and staged: app.py")]);
  // It stood in the tree of the commit, below the folder of git.
  expect(await box.read(".git/k/seen")).toBe(tidy);
});

test("a job that writes in the working tree where it should only look stops the commit", async () => {
  await using box = await withHooks({
    "pre-commit": `{ summary: "x", jobs: { rude: { command: ["sh", "-c", "echo more >> $1", "sh", "{files}"], files: ["*.bin"] } } }`,
  });
  await box.write({ "a.bin": "1\n" });
  const commit = await box.commit();
  expect([commit.exitCode, commit.stderr]).toEqual([
    1,
    expect.stringContaining("a.bin changed while it was checked, by a job or by you"),
  ]);
});
