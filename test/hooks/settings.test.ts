import { expect, setDefaultTimeout, test } from "bun:test";
import { chmodSync, symlinkSync } from "node:fs";
import { hooked, type Hooked, script } from "../support/hooked.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

/** A repository whose `konductor.toml` is trusted; nothing else in it has a job of its own. */
async function configured(toml: string, files: Readonly<Record<string, string>> = {}): Promise<Hooked> {
  const box = await hooked({ "konductor.toml": toml, ...files }, { commit: true });
  expect((await box.k("trust")).exitCode).toBe(0);
  return box;
}

/** What would run, and why not: by name. */
async function plan(box: Hooked, ...args: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const run = await box.k("hooks", "run", "pre-commit", "--dry-run", ...args);
  expect([run.exitCode, run.stderr]).toEqual([0, expect.anything()]);
  return new Map(run.stderr.split("\n").map((line) => [line.split("  ")[0] ?? "", line.slice(line.indexOf("  ") + 2)]));
}

/** A folder beside the repository. */
const outside = (box: Hooked): string => box.env["HOME"] ?? "";

test("konductor.toml adds jobs of any kind, and they run like those of a hook file", async () => {
  await using box = await configured(`
[jobs.no-todo]
command = ["sh", "-c", "! grep -n TODO {files}"]
files = ["*.txt"]
advice = "finish it, or write an issue"

[jobs.css-twice]
tool = "stylelint"
files = ["*.css"]

[jobs.data-format]
format = ["json"]
files = ["data/*"]

[jobs.all]
task = "hooks:list --json"
`);
  await box.write({ "a.txt": "TODO\n", "a.css": "a {\n  color: red;\n}\n", "data/a.json": "{}\n" });
  await box.git("add", "--all");
  const jobs = await plan(box);
  expect([jobs.get("no-todo"), jobs.get("css-twice"), jobs.get("data-format"), jobs.get("all")]).toEqual([
    "(1 file)",
    "(1 file)",
    "(1 file)",
    expect.stringContaining("sees the whole project"),
  ]);
  const commit = await box.tryGit(["commit", "--message=feat: x"]);
  expect(commit.exitCode).toBe(1);
  expect(commit.stderr).toContain("✖ no-todo");
  expect(commit.stderr).toContain("1:TODO");
  expect(commit.stderr).toContain(
    "hint: finish it, or write an issue\nto see it again: k hooks run pre-commit --job no-todo\n"
  );
  await box.write({ "a.txt": "done\n" });
  expect((await box.commit()).exitCode).toBe(0);
  // Where pre-commit's jobs run, this one does.
  expect((await box.k("hooks", "list", "pre-push")).stdout).toContain("no-todo");
}, 20_000);

test("a job's command, files, tags and advice are replaced, its conditions and excludes are added to", async () => {
  await using box = await configured(`
[jobs.python-style]
command = ["sh", "-c", "echo looked at {files}; exit 3"]
files = ["*.py"]
exclude = ["old"]
tags = ["mine"]
timeout = 9

[jobs.python-types]
hooks = ["pre-push"]

[jobs.secrets-scan]
skip_env = ["NO_SECRETS"]
`);
  await box.write({ "a.py": "x = 1\n", "old/b.py": "y = 1\n", "venv/c.py": "z = 1\n" });
  await box.git("add", "--all");
  const jobs = await plan(box, "--tag", "mine");
  // The folder of the hook file's own exclude stays left out.
  expect(jobs.get("python-style")).toBe("(1 file)");
  expect(jobs.has("python-types")).toBe(false);
  expect((await box.k("hooks", "list", "pre-push")).stdout).toContain("python-types");
  const run = await box.k("hooks", "run", "pre-commit", "--tag", "mine");
  expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining("looked at a.py")]);
  const skipped = await box.kWith({ env: { NO_SECRETS: "1" } }, "hooks", "run", "pre-commit", "--dry-run");
  expect(skipped.stderr).toContain("secrets-scan  does not run: NO_SECRETS is set");
});

test("konductor.local.toml has the last word, for one person", async () => {
  await using box = await configured('[jobs.mine]\ncommand = ["false"]\n\n[jobs.spell-check]\nenabled = true\n');
  await box.write({ "konductor.local.toml": "[jobs.mine]\nenabled = false\n\n[hooks.pre-push]\nenabled = false\n" });
  expect((await plan(box)).get("mine")).toBe("does not run: turned off in [jobs.mine]");
  const push = await box.k("hooks", "run", "pre-push", "--all-files", "--dry-run");
  expect(push.stderr).toContain("secrets-scan  does not run: turned off in [hooks.pre-push]");
  expect((await box.k("hooks", "install")).stdout).toContain("nothing is left for them to do: pre-push");
});

test("a hook has settings of its own: what it skips, leaves alone, mends, and when it runs", async () => {
  await using box = await configured(`
[hooks.pre-commit]
skip = ["secrets-scan", "types"]
exclude = ["generated"]
fix = true
timeout = 0.3
env = ["COLOUR=blue"]
skip_branches = ["wip/*"]

[jobs.says]
command = ["sh", "-c", "echo $K_HOOK $K_JOB $COLOUR $SIZE; exit 1"]
env = ["SIZE=7"]

[jobs.slow]
command = ["sleep", "20"]

[jobs.slower]
command = ["sh", "-c", "sleep 0.5"]
timeout = 15
`);
  await box.write({ "a.py": "x =  1\n", "generated/b.py": "x =  1\n" });
  await box.git("add", "--all");
  const jobs = await plan(box);
  expect(jobs.get("secrets-scan")).toBe("does not run: `hooks.pre-commit.skip` says so");
  expect(jobs.get("python-types")).toBe("does not run: `hooks.pre-commit.skip` says so");
  expect(jobs.get("python-format")).toBe("(1 file; mends; after file-checks, python-style)");
  const run = await box.k("hooks", "run", "pre-commit", "--job", "says,slow,slower");
  expect(run.stderr).toContain("pre-commit says blue 7\n");
  expect(run.stderr).toContain(
    "error: slow was stopped: it ran longer than 0.3 s\nhint: `timeout` of [jobs.slow] in konductor.toml gives it more\n"
  );
  expect(run.stderr).toContain("pre-commit: 2 of 3 jobs failed");
  await box.git("checkout", "--quiet", "-b", "wip/x");
  expect((await plan(box)).get("python-format")).toBe("does not run: on branch wip/x");
}, 20_000);

test("a program says whether a job runs, and sees the hook's environment", async () => {
  await using box = await configured(`
[jobs.skipped]
command = ["false"]
skip_if = ["sh", "-c", "test $FLAG = up"]

[jobs.wanted]
command = ["true"]
only_if = ["sh", "-c", "test $FLAG = up"]
`);
  const up = await box.kWith({ env: { FLAG: "up" } }, "hooks", "run", "pre-commit", "--dry-run");
  expect(up.stderr).toContain("skipped  does not run: sh -c test $FLAG = up exits with 0\n");
  expect(up.stderr).toMatch(/^wanted {2}\(sees/m);
  const down = await box.kWith({ env: { FLAG: "down" } }, "hooks", "run", "pre-commit", "--dry-run");
  expect(down.stderr).toMatch(/^skipped {2}\(sees/m);
  expect(down.stderr).toContain("wanted  does not run: sh -c test $FLAG = up does not exit with 0\n");
});

test("after a merge commit a job rests that says so", async () => {
  await using box = await configured('[jobs.job]\ncommand = ["false"]\nskip_during = ["merge-commit"]\n');
  await box.git("checkout", "--quiet", "-b", "side");
  await box.git("commit", "--quiet", "--allow-empty", "--no-verify", "--message=side");
  await box.git("checkout", "--quiet", "main");
  await box.git("commit", "--quiet", "--allow-empty", "--no-verify", "--message=main");
  expect((await plan(box)).get("job")).toContain("sees the whole project");
  await box.git("merge", "--quiet", "--no-verify", "--no-edit", "side");
  expect((await plan(box)).get("job")).toBe("does not run: the last commit is a merge");
});

test("a job may list its files by itself, and rests where there are none", async () => {
  await using box = await configured(
    `
[jobs.listed]
command = ["sh", "-c", "cat $@; exit 1", "sh", "{files}"]
files_from = ["sh", "-c", "git ls-files | grep letters || true"]

[jobs.none]
command = ["false"]
files_from = ["true"]
`,
    { "letters.txt": "old\n", "other.txt": "other\n" }
  );
  await box.write({ "letters.txt": "staged\n", "a.bin": "1\n" });
  await box.git("add", "--all");
  await box.write({ "letters.txt": "not staged\n" });
  const jobs = await plan(box);
  expect(jobs.get("none")).toBe("does not run: no files");
  expect(jobs.get("listed")).toBe("(1 file; sees the whole project)");
  const commit = await box.tryGit(["commit", "--message=feat: x"]);
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("output of listed ---\nstaged\n---")]);
  // Files that the user names take the place of the list.
  const all = await box.k("hooks", "run", "pre-commit", "--all-files", "--job", "listed");
  expect(all.stderr).toContain("not staged\nother\n");
  const one = await box.k("hooks", "run", "pre-commit", "--file", "other.txt", "--job", "listed");
  expect(one.stderr).toContain("output of listed ---\nother\n---");
  expect(one.stderr).toContain("to see it again: k hooks run pre-commit --file other.txt --job listed");
  const gone = await box.k("hooks", "run", "pre-commit", "--file", "nothing.txt");
  expect([gone.exitCode, gone.stderr]).toEqual([2, expect.stringContaining("git knows no file nothing.txt")]);
});

test("jobs choose files by what they are: text, binary, executable, a link, or by their first line", async () => {
  const job = (name: string, lines: string): string => `[jobs.${name}]\ncommand = ["echo", "{files}"]\n${lines}\n\n`;
  await using box = await configured(
    [
      job("text", 'traits = ["text"]\nfiles = ["in"]'),
      job("binary", 'traits = ["binary"]\nfiles = ["in"]'),
      job("exec", 'traits = ["executable"]\nfiles = ["in"]'),
      job("plain", 'traits = ["not-executable", "text"]\nfiles = ["in"]'),
      job("link", 'traits = ["symlink"]\nfiles = ["in"]'),
      job("any", 'files = ["in"]'),
      job("shebang", 'kinds = ["shell", "python"]\nfiles = ["in"]'),
    ].join("")
  );
  await box.write({ "in/text": "a\n", "in/binary": "\0\x01\x02", "in/tool": "#!/usr/bin/env bash\necho\n" });
  chmodSync(`${box.root}/in/tool`, 0o755);
  symlinkSync("text", `${box.root}/in/link`);
  await box.git("add", "--all");
  const jobs = await plan(box, "--job", "text,binary,exec,plain,link,any,shebang");
  expect(["text", "binary", "exec", "plain", "link", "any", "shebang"].map((name) => jobs.get(name))).toEqual([
    "(2 files)",
    "(1 file)",
    "(1 file)",
    "(1 file)",
    "(1 file)",
    "(3 files)",
    "(1 file)",
  ]);
});

test("a job that needs another one starts when that one passed, and not at all where it failed", async () => {
  await using box = await configured(`
[jobs.a-late]
command = ["sh", "-c", "cat $OUT/first"]
needs = ["z-early"]

[jobs.z-early]
command = ["sh", "-c", "sleep 0.2; test -z $FAIL && echo done > $OUT/first"]
`);
  const run = await box.kWith(
    { env: { OUT: outside(box), FAIL: "" } },
    "hooks",
    "run",
    "pre-commit",
    "--job",
    "a-late,z-early",
    "--verbose"
  );
  expect([run.exitCode, run.stderr]).toEqual([0, expect.stringContaining("2 jobs passed")]);
  const failing = await box.kWith(
    { env: { OUT: outside(box), FAIL: "1" } },
    "hooks",
    "run",
    "pre-commit",
    "--job",
    "a-late,z-early",
    "--verbose"
  );
  expect(failing.exitCode).toBe(1);
  expect(failing.stderr).toContain("a-late: skipped, `z-early` did not pass");
});

test("a command gets what git gives to the hook, as words and on its stdin", async () => {
  await using box = await configured(`
[jobs.refs]
hooks = ["pre-push"]
command = ["sh", "-c", "cat > $OUT/$1-refs", "sh", "{1}"]
stdin = true

[jobs.words]
hooks = ["commit-msg"]
command = ["sh", "-c", 'cat "$1" > $OUT/message', "sh", "{args}"]

[jobs.second]
hooks = ["pre-push"]
command = ["sh", "-c", "cat > $OUT/second"]
stdin = true
`);
  expect((await box.k("hooks", "install")).exitCode).toBe(0);
  const env = { OUT: outside(box) };
  await box.write({ "a.bin": "1" });
  expect((await box.commit("feat: a bin", env)).exitCode).toBe(0);
  expect(await Bun.file(`${outside(box)}/message`).text()).toBe("feat: a bin\n");
  await box.git("init", "--quiet", "--bare", `${outside(box)}/remote`);
  await box.git("remote", "add", "origin", `${outside(box)}/remote`);
  // The trust was for a repository without remotes.
  expect((await box.k("trust")).exitCode).toBe(0);
  const push = await box.tryGit(["push", "--quiet", "origin", "main"], env);
  expect([push.exitCode, push.stderr]).toEqual([0, expect.anything()]);
  const refs = await Bun.file(`${outside(box)}/origin-refs`).text();
  expect(refs).toMatch(/^refs\/heads\/main [0-9a-f]{40} refs\/heads\/main 0{40}\n$/);
  expect(await Bun.file(`${outside(box)}/second`).text()).toBe(refs);
});

test("before the project is trusted no program of its settings runs, and the built-in jobs do", async () => {
  await using box = await hooked({
    "konductor.toml": `[jobs.theirs]
command = ["touch", "ran"]

[jobs.python-style]
command = ["touch", "ran"]
skip_if = ["touch", "ran"]

[jobs.listed]
task = "hooks:uninstall"
`,
  });
  await box.write({ "a.py": "import os\n" });
  const commit = await box.commit();
  expect(commit.exitCode).toBe(1);
  expect(commit.stderr).toContain("this project's own code does not run: you have not said that you trust it");
  expect(commit.stderr).toContain("jobs.theirs.command (konductor.toml:2)");
  expect(commit.stderr).toContain("[ruff F401]");
  expect(await Bun.file(`${box.root}/ran`).exists()).toBe(false);
  expect((await box.k("hooks", "validate")).exitCode).toBe(0);
});

test("what is wrong in the settings of hooks and jobs is said with its place, all of it", async () => {
  await using box = await hooked();
  await box.write({
    "konductor.toml": `[hooks.pre-comit]
fix = true

[hooks.pre-commit]
skip = ["spel-check"]
exclude = ["../x"]

[jobs.one]
command = "echo"
kinds = ["pyton"]
tool = "rufff"
`,
  });
  const syntax = await box.k("hooks", "validate");
  expect(syntax.exitCode).toBe(2);
  for (const words of [
    "konductor.toml:1:8: unknown key `pre-comit` in [hooks]",
    "did you mean pre-commit?",
    "konductor.toml:6:",
    "konductor.toml:9:11: `jobs.one.command` must be a list of texts",
    'konductor.toml:10:10: `jobs.one.kinds`: no kind of file is called "pyton"',
    'konductor.toml:11:8: `jobs.one.tool`: no tool is called "rufff"',
  ]) {
    expect(syntax.stderr).toContain(words);
  }
  await box.write({
    "konductor.toml": `[hooks.pre-commit]
skip = ["spel-check"]

[jobs.both]
command = ["echo"]
tool = "ruff"

[jobs.python-style]
folder = "src"
needs = ["python-typs"]

[jobs.a]
command = ["true"]
needs = ["b"]

[jobs.b]
command = ["true"]
needs = ["a"]

[jobs.lost]
exclude = ["x"]

[jobs.nowhere]
hooks = ["pre-rebase"]
tags = ["x"]
`,
  });
  expect((await box.k("trust")).exitCode).toBe(0);
  const both = await box.k("hooks", "validate");
  expect(both.stderr).toContain(
    "konductor.toml:6:1: [jobs.both] has both `command` and `tool`: one job does one thing"
  );
  const commit = await box.commit();
  expect([commit.exitCode, commit.stderr]).toEqual([1, expect.stringContaining("[jobs.both] has both")]);
  await box.write({ "konductor.toml": (await box.read("konductor.toml")).replace('tool = "ruff"\n', "") });
  const sense = await box.k("hooks", "validate");
  expect(sense.exitCode).toBe(2);
  for (const words of [
    "konductor.toml:2:1: hooks.pre-commit.skip: no job and no tag is called spel-check\nhint: did you mean spell-check?",
    "konductor.toml:8:1: `jobs.python-style.folder` says nothing: the job is no command",
    "pre-commit: job python-style needs python-typs, and there is none\nhint: did you mean python-types?",
    "pre-commit: jobs need each other in a circle: a → b → a",
    "[jobs.lost]: no job is called lost",
    "[jobs.nowhere]: pre-rebase has no such job",
  ]) {
    expect(sense.stderr).toContain(words);
  }
});

test("a hook that only konductor.toml has is installed and runs", async () => {
  await using box = await configured(
    '[jobs.tell]\nhooks = ["post-commit"]\ncommand = ["sh", "-c", "echo $K_HOOK > $OUT/told"]\n'
  );
  expect((await box.k("hooks", "install")).stdout).toContain("post-commit");
  await box.write({ "a.bin": "1" });
  expect((await box.commit("feat: a", { OUT: outside(box) })).exitCode).toBe(0);
  expect(await Bun.file(`${outside(box)}/told`).text()).toBe("post-commit\n");
});

test("a run over the working tree fails where a job writes, by hand as in a commit", async () => {
  await using box = await configured('[jobs.rude]\ncommand = ["sh", "rude.sh"]\n', { "clean.txt": "clean\n" });
  await script(box, "rude.sh", ["echo more >> clean.txt"]);
  await box.git("add", "--all");
  const run = await box.k("hooks", "run", "pre-commit", "--all-files", "--job", "rude");
  expect([run.exitCode, run.stderr]).toEqual([
    1,
    expect.stringContaining("clean.txt changed while it was checked, by a job or by you"),
  ]);
});
