import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { type Hooked, withHooks } from "../support/hooked.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

/** A pre-push job that writes down which files it is given, with what is in them. */
const seeing = `{ summary: "See", jobs: { see: { files: ["*.txt"], exclude: ["seen"], check: async ({ files, root }) => {
  const { appendFile, readFile } = await import("node:fs/promises");
  for (const { path, absolute } of files) await appendFile(root + "/../seen", path + "=" + (await readFile(absolute, "utf8")).trim() + "\\n");
} } } }`;

async function repository(files: Readonly<Record<string, string>> = {}): Promise<Hooked> {
  const box = await withHooks({ "pre-push": seeing }, { "a.txt": "a\n", ...files });
  await box.run(["git", "init", "--quiet", "--bare", "../remote.git"]);
  await box.git("remote", "add", "origin", "../remote.git");
  await box.k("trust");
  return box;
}

/** Pushes, and says what the job saw. */
async function push(box: Hooked, ...args: readonly string[]): Promise<readonly string[]> {
  await Bun.write(join(box.root, "../seen"), "");
  const pushed = await box.tryGit(["push", "--quiet", ...args]);
  if (pushed.exitCode !== 0) {
    throw new Error(pushed.stderr);
  }
  const lines = (await Bun.file(join(box.root, "../seen")).text()).split("\n");
  return lines.filter((line) => line !== "").toSorted();
}

async function add(box: Hooked, name: string, content = name): Promise<void> {
  await box.write({ [`${name}.txt`]: `${content}\n` });
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", `--message=feat: ${name}`);
}

test("the first push sees all files, the next ones those of their commits", async () => {
  await using box = await repository();
  expect(await push(box, "origin", "main")).toEqual(["a.txt=a"]);
  await add(box, "b");
  await add(box, "c");
  expect(await push(box, "origin", "main")).toEqual(["b.txt=b", "c.txt=c"]);
  expect(await push(box, "origin", "main")).toEqual([]);
});

test("a branch is seen as it is pushed, whatever is checked out and however the working tree looks", async () => {
  await using box = await repository();
  await push(box, "origin", "main");
  await box.git("checkout", "--quiet", "-b", "feat");
  await add(box, "f");
  await box.git("checkout", "--quiet", "main");
  await add(box, "m2");
  await box.write({ "m2.txt": "not committed\n", "stray.txt": "untracked\n" });
  await box.git("checkout", "--quiet", "--force", "feat");
  expect(await push(box, "origin", "main")).toEqual(["m2.txt=m2"]);
  await box.write({ "f.txt": "not committed\n" });
  expect(await push(box, "origin", "feat")).toEqual(["f.txt=f"]);
});

test("two new branches at once are seen both, each with its own content", async () => {
  await using box = await repository();
  await push(box, "origin", "main");
  for (const name of ["b1", "b2"]) {
    await box.git("checkout", "--quiet", "-b", name, "main");
    await add(box, "same", name);
  }
  await box.git("checkout", "--quiet", "main");
  expect(await push(box, "origin", "b1", "b2")).toEqual(["same.txt=b1", "same.txt=b2"]);
});

test("to delete a branch looks at nothing, and a tag at what is new in it", async () => {
  await using box = await repository();
  await box.git("branch", "old");
  await push(box, "origin", "main", "old");
  expect(await push(box, "origin", "--delete", "old")).toEqual([]);
  await box.git("tag", "--annotate", "--message=one", "v1");
  expect(await push(box, "origin", "v1")).toEqual([]);
  await add(box, "b");
  await box.git("tag", "v2");
  expect(await push(box, "origin", "v2")).toEqual(["b.txt=b"]);
  const blob = (await box.git("rev-parse", "HEAD:b.txt")).trim();
  await box.git("tag", "blob", blob);
  expect(await push(box, "origin", "blob")).toEqual([]);
});

test("a forced push sees the new commits, also where those that it takes away were never fetched", async () => {
  await using box = await repository();
  await add(box, "f1");
  await push(box, "origin", "main");
  await add(box, "f3");
  await push(box, "origin", "main");
  await box.write({ "f3.txt": "f3 again\n" });
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--amend", "--message=feat: f3");
  await add(box, "f4");
  expect(await push(box, "--force", "origin", "main")).toEqual(["f3.txt=f3 again", "f4.txt=f4"]);
  // Another clone moves the branch to a commit that is not here.
  await box.run(["git", "clone", "--quiet", "../remote.git", "../other"]);
  const other = join(box.root, "../other");
  await box.run(["git", "commit", "--quiet", "--allow-empty", "--message=theirs"], { cwd: other });
  await box.run(["git", "push", "--quiet", "origin", "HEAD:main"], { cwd: other });
  await add(box, "f5");
  expect(await push(box, "--force", "origin", "main")).toEqual(["f5.txt=f5"]);
});

test("of a merge only its own resolution counts, what it brings was pushed before", async () => {
  await using box = await repository();
  await push(box, "origin", "main");
  await box.git("checkout", "--quiet", "-b", "side");
  await add(box, "a", "side");
  await add(box, "s");
  await push(box, "origin", "side");
  await box.git("checkout", "--quiet", "main");
  await add(box, "a", "main");
  await push(box, "origin", "main");
  await box.tryGit(["merge", "--quiet", "side"]);
  await box.write({ "a.txt": "both\n" });
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--no-edit");
  expect(await push(box, "origin", "main")).toEqual(["a.txt=both"]);
});

test("a push to a URL without a remote, from a linked worktree, in another repository format", async () => {
  await using box = await repository();
  await push(box, "origin", "main");
  await box.git("worktree", "add", "--quiet", "-b", "linked", "../linked");
  const linked = join(box.root, "../linked");
  await box.kWith({ cwd: linked }, "trust");
  await box.write({ "../linked/w.txt": "w\n" });
  await box.run(["git", "add", "--all"], { cwd: linked });
  await box.run(["git", "commit", "--quiet", "--no-verify", "--message=feat: w"], { cwd: linked });
  await box.run(["git", "init", "--quiet", "--bare", "../url.git"]);
  await Bun.write(join(box.root, "../seen"), "");
  const pushed = await box.run(["git", "push", "--quiet", "../url.git", "linked"], { cwd: linked });
  expect(pushed.exitCode).toBe(0);
  expect((await Bun.file(join(box.root, "../seen")).text()).trim().split("\n").toSorted()).toEqual(["w.txt=w"]);

  await box.run(["git", "init", "--quiet", "--object-format=sha256", "../sha256"]);
  const there = join(box.root, "../sha256");
  await box.kWith({ cwd: there }, "hooks", "install");
  await box.write({ "../sha256/app.py": "import os\n" });
  await box.run(["git", "add", "--all"], { cwd: there });
  await box.run(["git", "commit", "--quiet", "--no-verify", "--message=feat: py"], { cwd: there });
  await box.run(["git", "init", "--quiet", "--bare", "--object-format=sha256", "../sha256.git"]);
  const stopped = await box.run(["git", "push", "--quiet", "../sha256.git", "HEAD:main"], { cwd: there });
  expect([stopped.exitCode, stopped.stderr]).toEqual([1, expect.stringContaining("✖ python-style")]);
});

test("a secret that a later commit took away is pushed all the same, and stopped", async () => {
  await using box = await repository();
  await push(box, "origin", "main");
  const token = `ghp_${"0123456789abcdefghij"}${"ABCDEFGHIJ012345"}`;
  await box.write({ "config.env": `TOKEN=${token}\n` });
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--message=feat: config");
  const id = (await box.git("rev-parse", "HEAD")).slice(0, 12);
  await box.git("rm", "--quiet", "config.env");
  await box.git("commit", "--quiet", "--no-verify", "--message=fix: no config");
  const pushed = await box.tryGit(["push", "--quiet", "origin", "main"]);
  expect(pushed.exitCode).toBe(1);
  expect(pushed.stderr).toContain("✖ secrets-scan: 1 finding in 1 file");
  expect(pushed.stderr).toContain(`${id}/config.env`);
  expect(pushed.stderr).not.toContain(token);
  expect(pushed.stderr).toContain(": the push is stopped");
});

test("what was committed without pre-commit is stopped at the push, and nothing of the run is left", async () => {
  await using box = await repository();
  await box.write({ "app.py": "import os\n" });
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--message=feat: py");
  const pushed = await box.tryGit(["push", "origin", "main"]);
  expect([pushed.exitCode, pushed.stderr]).toEqual([1, expect.stringContaining("✖ python-style")]);
  const again = /to see it again: k (.*--job python-style.*)/.exec(pushed.stderr)?.[1] ?? "";
  expect((await box.k(...again.split(" "))).exitCode).toBe(1);
  const left = await box.run(["sh", "-c", "ls .git/k | grep run- || true"]);
  expect(left.stdout).toBe("");
  expect(await box.git("status", "--porcelain")).toBe("");
});
