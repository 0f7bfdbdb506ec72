import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { type Hooked, hooked, quiet, withHooks } from "../support/hooked.ts";
import { sandbox } from "../support/sandbox.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

/** The jobs that would run over what is staged, and why the others would not. */
async function plan(box: Hooked, hook = "pre-commit"): Promise<ReadonlyMap<string, string>> {
  const run = await box.k("hooks", "run", hook, "--dry-run");
  expect(run.exitCode).toBe(0);
  return new Map(run.stderr.split("\n").map((line) => [line.split("  ")[0] ?? "", line.slice(line.indexOf("  ") + 2)]));
}

test("a project adds, replaces and drops jobs of a built-in hook by name", async () => {
  await using box = await withHooks({
    "pre-commit": `{
      summary: "Ours",
      jobs: {
        "python-style": { command: ["sh", "-c", "echo ours looks at {files} >&2; exit 7"], files: ["*.py"] },
        "secrets-scan": false,
        "no-todo": { files: ["*.txt"], tags: ["words"], check: async ({ files, report }) => {
          for (const { path, absolute } of files) {
            if ((await Bun.file(absolute).text()).includes("TODO")) report({ tool: "no-todo", rule: "", severity: "error", path, line: 1, column: 1, message: "something is left to do" });
          }
        } },
      },
    }`,
  });
  await box.write({ "app.py": "import os\n", "a.txt": "TODO\n" });
  await box.git("add", "--all");
  const jobs = await plan(box);
  expect(jobs.get("no-todo")).toBe("(1 file)");
  expect(jobs.get("python-style")).toBe("(1 file)");
  expect(jobs.has("secrets-scan")).toBe(false);
  expect(jobs.has("python-types")).toBe(true);
  const commit = await box.tryGit(["commit", "--message", "feat: add"]);
  expect(commit.exitCode).toBe(1);
  expect(commit.stderr).toContain("--- output of python-style ---\nours looks at app.py\n--- end of python-style ---");
  expect(commit.stderr).toContain("error: `python-style` exited with 7");
  expect(commit.stderr).toContain("✖ no-todo: 1 finding in 1 file\na.txt\n  1:1 error: something is left to do");
  // A merge is checked as the project's own pre-commit has it.
  expect((await plan(box, "pre-merge-commit")).has("secrets-scan")).toBe(false);
  const list = await box.k("hooks", "list", "pre-commit");
  expect(list.stdout).toMatch(/no-todo +\(a function; tags words; this project's\)/);
});

test("a hook that k has no file for is added by a file, and a name that git does not know is an error", async () => {
  await using box = await withHooks({
    "pre-rebase": `{ summary: "Never", jobs: { never: { check: () => ({ status: "failed", problems: [{ kind: "hook", what: "not on this branch", hint: "merge instead" }] }) } } }`,
  });
  const rebase = await box.tryGit(["rebase", "--force-rebase", "HEAD"]);
  expect([rebase.exitCode === 0, rebase.stderr]).toEqual([
    false,
    expect.stringContaining("error: not on this branch\nhint: merge instead"),
  ]);
  expect(rebase.stderr).toContain("pre-rebase: 1 of 1 job failed");
  await box.write({ "hooks/pre-comit.ts": "export default { summary: 'x' };\n" });
  const wrong = await box.k("hooks", "validate");
  expect([wrong.exitCode, wrong.stderr]).toEqual([
    2,
    expect.stringContaining("git has no hook pre-comit: did you mean pre-commit?"),
  ]);
});

test("what is wrong in hook files and settings is said, all of it at once", async () => {
  await using box = await withHooks({ "pre-commit": `{ summary: "x" }` });
  expect((await box.k("hooks", "validate")).stdout).toMatch(/^\d+ hooks with \d+ jobs: all is well\n$/);
  await box.write({
    "hooks/pre-commit.ts": `export default { summary: "x", jobs: {
      Bad: { tool: "ruff" },
      one: { tool: "rufff" },
      two: { tool: "ruff", command: ["x"] },
      three: {},
      four: { tool: "ruff", flies: ["*"] },
      five: { tool: "ruff", skip: { during: ["lunch"] } },
    } };\n`,
    "hooks/commit-msg.ts": "export default 1;\n",
    "hooks/pre-push.ts": "throw new Error('broken');\n",
  });
  const wrong = await box.k("hooks", "validate");
  expect(wrong.exitCode).toBe(2);
  for (const words of [
    "job Bad: a name is lower-case letters, digits and dashes",
    'job one: no tool is called "rufff": did you mean ruff?',
    "job two has both `tool` and `command`",
    "job three does nothing: it needs one of tool, format, native, task, command, check",
    "job four cannot have `flies`: did you mean files?",
    "`skip.during` takes merge, rebase, cherry-pick, revert, bisect",
    "commit-msg.ts: its default export is no hook",
    "pre-push.ts: it does not load: broken",
  ]) {
    expect(wrong.stderr).toContain(words);
  }
  // A commit does not get past it either.
  await box.write({ [quiet]: "1" });
  expect((await box.commit()).exitCode).toBe(1);
});

test("settings turn jobs off and on, give them files to leave alone, and are checked for names", async () => {
  await using box = await hooked({
    "konductor.toml":
      '[hooks]\nskip = ["security", "shell-syntax"]\n\n[jobs.spell-check]\nenabled = true\n\n[jobs.python-style]\nexclude = ["old"]\n\n[jobs.yaml-lint]\nenabled = false\n',
    "app.py": "x = 1\n",
    "old/app.py": "x = 1\n",
    "a.sh": "#!/bin/sh\n",
    "a.yaml": "a: 1\n",
    "README.md": "# Hello\n",
  });
  await box.git("add", "--all");
  const jobs = await plan(box);
  expect(jobs.get("python-style")).toBe("(1 file)");
  expect(jobs.get("python-format")).toBe("(2 files)");
  expect(jobs.get("spell-check")).toBe("(3 files)");
  expect(jobs.get("secrets-scan")).toBe("does not run: `hooks.skip` says so");
  expect(jobs.get("shell-syntax")).toBe("does not run: `hooks.skip` says so");
  expect(jobs.get("yaml-lint")).toBe("does not run: turned off in [jobs.yaml-lint]");
  await box.write({ "konductor.local.toml": '[hooks]\nskip = ["shell-syntaks"]\n\n[jobs.python-stile]\nfix = true\n' });
  const wrong = await box.k("hooks", "validate");
  expect(wrong.stderr).toContain(
    "hooks.skip: no job and no tag is called shell-syntaks\nhint: did you mean shell-syntax?"
  );
  expect(wrong.stderr).toContain(
    "[jobs.python-stile]: no job is called python-stile\nhint: did you mean python-style?"
  );
});

test("conditions: branches, what git is in the middle of, variables", async () => {
  await using box = await withHooks(
    {
      "pre-commit": `{
        summary: "x",
        jobs: {
          "on-main": { command: ["true"], only: { branch: ["main"] } },
          "not-wip": { command: ["true"], skip: { branch: ["wip/**"] } },
          "in-merge": { command: ["true"], only: { during: ["merge"] } },
          "not-in-merge": { command: ["true"], skip: { during: ["merge"] } },
          "with-variable": { command: ["true"], only: { env: ["DEEP"] } },
          "by-value": { command: ["true"], skip: { env: ["MODE=fast"] } },
        },
      }`,
    },
    { "a.bin": "1", "konductor.toml": 'skip_branches = ["frozen"]\n' }
  );
  const running = async (env: Readonly<Record<string, string>> = {}): Promise<readonly string[]> => {
    const run = await box.kWith({ env }, "hooks", "run", "pre-commit", "--dry-run");
    return run.stderr
      .split("\n")
      .flatMap(
        (line) =>
          /^(on-main|not-wip|in-merge|not-in-merge|with-variable|by-value)(?!.*does not run)/.exec(line)?.[1] ?? []
      );
  };
  expect(await running()).toEqual(["on-main", "not-wip", "not-in-merge", "by-value"]);
  expect(await running({ DEEP: "1", MODE: "fast" })).toEqual(["on-main", "not-wip", "not-in-merge", "with-variable"]);
  await box.git("checkout", "--quiet", "-b", "wip/this");
  expect(await running({ DEEP: "0" })).toEqual(["not-in-merge", "by-value"]);
  await box.git("checkout", "--quiet", "-b", "frozen");
  expect(await running()).toEqual([]);
  await box.git("checkout", "--quiet", "-b", "side", "main");
  await box.write({ "a.bin": "2" });
  await box.git("commit", "--quiet", "--no-verify", "--all", "--message=two");
  await box.git("checkout", "--quiet", "main");
  await box.write({ "a.bin": "3" });
  await box.git("commit", "--quiet", "--no-verify", "--all", "--message=three");
  await box.tryGit(["merge", "--quiet", "side"]);
  await box.git("add", "--all");
  expect(await running()).toEqual(["on-main", "not-wip", "in-merge", "by-value"]);
});

test("a job that takes too long is stopped, and says so", async () => {
  await using box = await withHooks({
    "pre-commit": `{ summary: "x", jobs: { slow: { command: ["sh", "-c", "sleep 60"], timeout: 0.3 }, quick: { command: ["true"], timeout: 60 } } }`,
  });
  await box.write({ "a.bin": "1" });
  const commit = await box.commit();
  expect(commit.exitCode).toBe(1);
  expect(commit.stderr).toContain("slow was stopped: it ran longer than 0.3 s");
  expect(commit.stderr).not.toContain("quick");
});

test("a command gets its files in its own folder, as they are staged", async () => {
  await using box = await withHooks({
    "pre-commit": `{ summary: "x", jobs: {
      web: { command: ["sh", "-c", 'echo "$# files: $*"; cat -- "$@"; exit 1', "sh", "{files}"], files: ["*.web"], folder: "packages/web" },
    } }`,
  });
  await box.write({ "packages/web/one.web": "staged\n", "packages/web/-two.web": "two\n", "other.web": "other\n" });
  await box.git("add", "--all");
  await box.write({ "packages/web/one.web": "edited\n" });
  const commit = await box.tryGit(["commit", "--message", "feat: add"]);
  expect(commit.exitCode).toBe(1);
  // One is where it stands, of the other there is a copy.
  expect(commit.stderr).toContain("1 files: ./-two.web\ntwo\n1 files: one.web\nstaged\n");
  expect(commit.stderr).not.toContain("edited");
  expect(await box.read("packages/web/one.web")).toBe("edited\n");
});

test("a task of the project runs over what is staged", async () => {
  await using box = await withHooks(
    { "pre-commit": `{ summary: "x", jobs: { "run-task": { task: "look", files: ["*.bin"] } } }` },
    {
      "konductor.toml": '\n[tasks]\ndir = "tasks"\n',
      "tasks/look.ts":
        'import { defineTask } from "konductor";\nexport default defineTask({ summary: "Look", run: async ({ exec, id }) => {\n' +
        '  const { exitCode } = await exec(["grep", "-q", "good", "a.bin"]);\n' +
        '  if (exitCode !== 0) return { status: "failed", problems: [{ kind: "task-failed", id, exitCode }] };\n} });\n',
      "a.bin": "good\n",
    }
  );
  await box.k("trust");
  await box.write({ "a.bin": "good, better\n" });
  const commit = await box.commit();
  expect([commit.exitCode, commit.stderr]).toEqual([0, expect.stringContaining("jobs passed")]);
  await box.write({ "a.bin": "bad\n" });
  await box.git("add", "--all");
  // What is in the working tree does not count.
  await box.write({ "a.bin": "good\n" });
  const stopped = await box.tryGit(["commit", "--message", "feat: bad"]);
  expect([stopped.exitCode, stopped.stderr]).toEqual([1, expect.stringContaining("✖ run-task")]);
});

test("hooks of a project that is not trusted do not run, and the built-in ones do", async () => {
  await using box = await sandbox({
    "konductor.toml": '[hooks]\ndir = "hooks"\n',
    "hooks/pre-commit.ts":
      'import { writeFileSync } from "node:fs";\nwriteFileSync("../pwned", "");\nexport default { summary: "x" };\n',
    "app.py": "import os\n",
  });
  expect((await box.k("hooks", "install")).exitCode).toBe(0);
  await box.git("add", "--all");
  const commit = await box.run(["git", "commit", "--message", "feat: add"]);
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("✖ python-style")]);
  expect(commit.stderr).toContain("warning: this project's own code does not run");
  expect(await Bun.file(join(box.root, "../pwned")).exists()).toBe(false);
});
