import { expect, setDefaultTimeout, test } from "bun:test";
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hooked, quiet, withHooks } from "../support/hooked.ts";
import { shimText } from "../../lib/hooks/shim.ts";
import { home, sandbox } from "../support/sandbox.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

const bad = { "app.py": "import os\n" };

test("K_HOOKS=0 skips all hooks, and K_SKIP jobs by name or tag", async () => {
  await using box = await hooked({ ...bad, "run.sh": "#!/bin/bash\ncd $1\n" });
  const failed = async (env: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const commit = await box.commit("No type", env);
    return [...commit.stderr.matchAll(/^✖ ([\w-]+)/gm)].map((match) => match[1] ?? "").toSorted();
  };
  expect(await failed({})).toEqual(["python-style", "shell-syntax"]);
  expect(await failed({ K_SKIP: "python-style" })).toEqual(["shell-syntax"]);
  expect(await failed({ K_SKIP: "lint" })).toEqual(["conventional-commits"]);
  expect(await failed({ K_SKIP: " python , bash,commit" })).toEqual([]);
  expect(await box.subjects()).toEqual(["No type"]);
  await box.write({ "app.py": "import sys\n" });
  expect(await failed({ K_HOOKS: "0" })).toEqual([]);
  expect((await box.subjects()).length).toBe(2);
  expect((await box.kWith({ env: { K_HOOKS: "0" } }, "hooks", "run", "pre-commit")).exitCode).toBe(0);
});

test("without PATH, HOME, a terminal or a profile the hooks fire all the same", async () => {
  await using box = await hooked(bad);
  await box.git("add", "--all");
  const git = (await box.run(["sh", "-c", "command -v git"])).stdout.trim();
  const bare = { PATH: undefined, HOME: undefined, LANG: undefined, TMPDIR: undefined };
  const commit = await box.run([git, "commit", "--message", "feat: add"], { env: bare });
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("✖ python-style")]);
});

test("with its input and output closed, or nobody who reads them, a hook decides all the same", async () => {
  await using box = await hooked(bad);
  await box.git("add", "--all");
  for (const how of ["<&-", "<&- >&- 2>&-", "2>&1 | true"]) {
    await box.run(["bash", "-c", `set -o pipefail; git commit --quiet --message "feat: add" ${how}`]);
    expect([how, (await box.tryGit(["rev-parse", "--verify", "HEAD"])).exitCode]).toEqual([how, 128]);
  }
  await box.write({ "app.py": "x = 1\n", "a.sh": "#!/bin/sh\n" });
  await box.git("add", "--all");
  await box.run(["bash", "-c", 'git commit --quiet --message "feat: add" <&- >&- 2>&-']);
  expect(await box.subjects()).toEqual(["feat: add"]);
});

test("the folder in which git is called makes no difference", async () => {
  await using box = await hooked({ ...bad, "deep/er/x.txt": "x\n" });
  await box.git("add", "--all");
  const below = await box.run(["git", "commit", "--message", "feat: add"], { cwd: join(box.root, "deep/er") });
  expect([below.exitCode, below.stderr]).toEqual([1, expect.stringContaining("✖ python-style: 1 finding in 1 file")]);
  const elsewhere = await box.run(["git", "-C", box.root, "commit", "--message", "feat: add"], { cwd: "/" });
  expect([elsewhere.exitCode, elsewhere.stderr]).toEqual([1, expect.stringContaining("app.py\n  1:")]);
});

test("GIT_DIR, GIT_WORK_TREE and GIT_INDEX_FILE are honoured", async () => {
  await using box = await hooked({ "ok.txt": "fine\n" }, { commit: true });
  await box.git("add", "--all");
  const env = { GIT_DIR: join(box.root, ".git"), GIT_WORK_TREE: box.root };
  await box.write(bad);
  await box.run(["git", "add", "app.py"], { env: { ...env, GIT_INDEX_FILE: join(box.root, "../other-index") } });
  // The file is in the other index only.
  expect(
    (await box.run(["git", "commit", "--allow-empty", "--message", "feat: empty"], { cwd: "/", env })).exitCode
  ).toBe(0);
  const other = await box.run(["git", "commit", "--message", "feat: add"], {
    cwd: "/",
    env: { ...env, GIT_INDEX_FILE: join(box.root, "../other-index") },
  });
  expect([other.exitCode, other.stderr]).toEqual([1, expect.stringContaining("✖ python-style")]);
});

test("a repository whose git folder lies elsewhere has its hooks too", async () => {
  await using box = await hooked({ "ok.txt": "fine\n" }, { commit: true });
  renameSync(join(box.root, ".git"), join(box.root, "../dotfiles.git"));
  const words = ["git", `--git-dir=${join(box.root, "../dotfiles.git")}`, `--work-tree=${box.root}`];
  await box.write(bad);
  await box.run([...words, "add", "app.py"]);
  const commit = await box.run([...words, "commit", "--message", "feat: add"]);
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("✖ python-style")]);
});

test("a job's own git reaches nothing of the repository, in a linked worktree either", async () => {
  const job = `{ summary: "x", jobs: { own: { command: ["sh", "-c", "cd $(mktemp -d) && git init -q . && echo x > foreign && git add foreign && git -c user.name=j -c user.email=j@j commit -qm foreign && env | grep -c ^GIT_DIR= || true"] } } }`;
  await using box = await withHooks({ "pre-commit": job });
  await box.git("worktree", "add", "--quiet", "../linked");
  const linked = join(box.root, "../linked");
  await box.kWith({ cwd: linked }, "trust");
  await box.write({ "../linked/a.bin": "1", "b.bin": "1" });
  for (const cwd of [box.root, linked]) {
    await box.run(["git", "add", "--all"], { cwd });
    const commit = await box.run(["git", "commit", "--message", "feat: add"], { cwd });
    expect([commit.exitCode, commit.stderr]).toEqual([0, expect.stringContaining("2 jobs passed")]);
    expect((await box.run(["git", "log", "--format=%s"], { cwd })).stdout).toBe("feat: add\nstart\n");
    expect((await box.run(["git", "ls-files", "foreign"], { cwd })).stdout).toBe("");
  }
});

/** A home of `k` that can be moved away: links to all that is in it. */
function copyOfHome(box: { readonly root: string }, name: string): string {
  const copy = join(box.root, "..", name);
  mkdirSync(copy);
  for (const part of [
    "bin",
    "lib",
    "tasks",
    "hooks",
    "nix",
    "node_modules",
    "package.json",
    "bun.lock",
    "bunfig.toml",
    "tsconfig.json",
  ]) {
    symlinkSync(join(home, part), join(copy, part));
  }
  cpSync(join(home, "k"), join(copy, "k"));
  return copy;
}

test("where k is gone, what can be stopped is stopped with the way out, and what is done goes on", async () => {
  await using box = await sandbox({ [quiet]: "1" });
  const copy = copyOfHome(box, "konductor");
  expect((await box.run([join(copy, "k"), "hooks", "install"])).exitCode).toBe(0);
  await box.git("add", "--all");
  // Its links are followed to the home that they lead to.
  const text = readFileSync(join(box.root, ".git/hooks/pre-commit"), "utf8");
  const recorded = /^home='(.*)'$/m.exec(text)?.[1] ?? "";
  for (const hook of ["pre-commit", "commit-msg", "pre-push", "post-checkout", "post-rewrite"]) {
    const path = join(box.root, ".git/hooks", hook);
    writeFileSync(path, readFileSync(path, "utf8").replace(`home='${recorded}'`, "home='/gone'"));
  }
  const env = { HOME: join(box.root, "../home"), PATH: "/usr/bin:/bin" };
  const commit = await box.run(["git", "commit", "--message", "feat: add"], { env });
  expect(commit.exitCode).toBe(1);
  expect(commit.stderr).toContain("error: k is not to be found, and the pre-commit hook runs it: it was in /gone");
  expect(commit.stderr).toContain("hint: `k hooks install` mends it");
  expect(commit.stderr).toContain("hint: to skip it once: git commit --no-verify");
  expect((await box.run(["git", "commit", "--no-verify", "--message", "feat: add"], { env })).exitCode).toBe(0);
  const checkout = await box.run(["git", "checkout", "-b", "side"], { env });
  expect([checkout.exitCode, checkout.stderr]).toEqual([0, expect.stringContaining("warning: k is not to be found")]);
  await box.run(["git", "init", "--quiet", "--bare", "../remote.git"]);
  const push = await box.run(["git", "push", "--quiet", "../remote.git", "side"], { env });
  expect([push.exitCode, push.stderr]).toEqual([1, expect.stringContaining("git push --no-verify")]);
  const skipped = await box.run(["git", "commit", "--allow-empty", "--message", "feat: x"], {
    env: { ...env, K_HOOKS: "0" },
  });
  expect(skipped.exitCode).toBe(0);

  // A `k` of another program does not count, ours on PATH does.
  await box.write({ "../fake/k": "#!/bin/sh\necho kubectl\n" });
  const fake = { ...env, PATH: `${join(box.root, "../fake")}:/usr/bin:/bin` };
  await box.write({ "app.py": "import os\n" });
  await box.git("add", "--all");
  expect((await box.run(["git", "commit", "--message", "feat: add"], { env: fake })).stderr).toContain(
    "k is not to be found"
  );
  symlinkSync(join(home, "k"), join(box.root, "../home/k"));
  const real = { ...env, PATH: `${join(box.root, "../home")}:/usr/bin:/bin` };
  const found = await box.run(["git", "commit", "--message", "feat: add"], { env: real });
  expect([found.exitCode, found.stderr]).toEqual([1, expect.stringContaining("✖ python-style")]);
});

test("a clone that has k in it may be moved", async () => {
  await using box = await sandbox(bad);
  symlinkSync(home, join(box.root, "tool"));
  await box.write({
    ".git/hooks/pre-commit": shimText({
      hook: "pre-commit",
      home: "/moved/away/tool",
      inside: "tool",
      program: undefined,
    }),
  });
  await box.git("add", "app.py");
  const commit = await box.run(["git", "commit", "--message", "feat: add"]);
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("✖ python-style")]);
});
