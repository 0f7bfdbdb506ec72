import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { hooked, quiet, withGit, withHooks } from "../support/hooked.ts";
import { sandbox } from "../support/sandbox.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

test("--job and --tag choose jobs, --exclude leaves files out", async () => {
  await using box = await sandbox({ "app.py": "import os\n", "old.py": "import os\n", "a.sh": "#!/bin/bash\ncd $1\n" });
  await box.git("add", "--all");
  const failed = async (...flags: readonly string[]): Promise<readonly string[]> => {
    const run = await box.k("hooks", "run", "pre-commit", ...flags);
    return [...run.stderr.matchAll(/^(?:✖ )?([\w-]+)(?:: \d| \()?.*$/gm)].flatMap((match) =>
      match[0].startsWith("✖") ? [match[1] ?? ""] : []
    );
  };
  expect(await failed("--job", "python-style")).toEqual(["python-style"]);
  expect(await failed("--job=python-style,shell-syntax")).toEqual(["python-style", "shell-syntax"]);
  expect(await failed("--tag", "bash")).toEqual(["shell-syntax"]);
  expect(await failed("--exclude", "*.py,*.sh")).toEqual([]);
  const some = await box.k("hooks", "run", "pre-commit", "--job", "python-style", "--exclude", "old.py");
  expect(some.stderr).toContain("1 finding in 1 file");
  const wrong = await box.k("hooks", "run", "pre-commit", "--job", "python-stile");
  expect([wrong.exitCode, wrong.stderr]).toEqual([
    2,
    "error: pre-commit has no job python-stile\nhint: did you mean python-style?\n",
  ]);
});

test("a job that is off runs when it is asked for by name", async () => {
  await using box = await sandbox({
    "README.md": "# Helo wrld\n",
    "konductor.toml": '[hooks]\nskip = ["spell-check"]\n',
  });
  await box.git("add", "--all");
  const run = await box.k("hooks", "run", "pre-commit", "--job", "spell-check");
  expect([run.exitCode, run.stderr]).toEqual([1, expect.stringContaining("✖ spell-check: 2 findings in 1 file")]);
});

test("--all-files looks at all tracked files, --from-ref at those that changed", async () => {
  await using box = await sandbox({ "old.py": "import os\n" }, { commit: true });
  const git = withGit(box);
  await git.git("checkout", "--quiet", "-b", "side");
  await box.write({ "new.py": "import sys\n", "untracked.py": "import re\n" });
  await git.git("add", "new.py");
  await git.git("commit", "--quiet", "--no-verify", "--message=new");
  const paths = async (...flags: readonly string[]): Promise<readonly string[]> => {
    const run = await box.k("hooks", "run", "pre-commit", "--job", "python-style", ...flags);
    expect(run.exitCode).toBe(1);
    return run.stderr.split("\n").filter((line) => /^\w+\.py$/.test(line));
  };
  expect(await paths("--all-files")).toEqual(["new.py", "old.py"]);
  expect(await paths("--from-ref", "main")).toEqual(["new.py"]);
  await box.write({ "new.py": "fine = 1\n" });
  // The commit counts, not the working tree.
  expect(await paths("--from-ref", "main", "--to-ref", "side")).toEqual(["new.py"]);
  const nothing = await box.k("hooks", "run", "pre-commit", "--from-ref", "side", "--to-ref", "main");
  expect([nothing.exitCode, nothing.stderr]).toEqual([0, "pre-commit: nothing to do\n"]);
  const wrong = await box.k("hooks", "run", "pre-commit", "--from-ref", "nowhere");
  expect([wrong.exitCode, wrong.stderr]).toEqual([2, expect.stringContaining("no commit is called nowhere")]);
  expect((await box.k("hooks", "run", "pre-commit", "--to-ref", "side")).exitCode).toBe(2);
});

test("a hook of git without jobs passes, an unknown one is an error", async () => {
  await using box = await sandbox({ [quiet]: "1" });
  const known = await box.k("hooks", "run", "post-commit");
  expect([known.exitCode, known.stderr]).toEqual([0, "post-commit: nothing to do\n"]);
  const unknown = await box.k("hooks", "run", "pre-comit");
  expect([unknown.exitCode, unknown.stderr]).toEqual([
    2,
    "error: git has no hook pre-comit\nhint: did you mean pre-commit?\n",
  ]);
  expect((await box.k("hooks", "run")).stderr).toContain("`hooks:run` needs hook");
  expect((await box.k("hooks", "run", "--help")).stdout).toContain("k hooks:run");
});

test("only deletions staged: jobs with files rest, others run", async () => {
  await using box = await withHooks(
    { "pre-commit": `{ summary: "x", jobs: { always: { check: () => {} } } }` },
    { "app.py": "x = 1\n" }
  );
  await box.git("rm", "--quiet", "app.py");
  const commit = await box.tryGit(["commit", "--message", "feat: gone"]);
  expect([commit.exitCode, commit.stderr]).toEqual([0, expect.stringMatching(/^pre-commit: 1 job passed in /)]);
});

test("other reporters and verbosity", async () => {
  await using box = await sandbox({ "app.py": "import os\n", "ok.yaml": "a: 1\n" });
  await box.git("add", "--all");
  const json = await box.k("hooks", "run", "pre-commit", "--reporter", "json");
  const events = json.stdout
    .trim()
    .split("\n")
    .map(
      (line) =>
        JSON.parse(line) as {
          type: string;
          id?: string;
          outcome?: { status: string; problems?: { kind: string; mend?: string }[] };
        }
    );
  expect(events[0]?.type).toBe("run-started");
  const ended = events.find(({ type, id }) => type === "task-finished" && id === "python-style");
  expect(ended?.outcome?.problems?.[0]).toMatchObject({
    kind: "job-failed",
    mend: "k hooks run pre-commit --fix --job python-style",
  });
  const verbose = await box.k("hooks", "run", "pre-commit", "--verbose", "--job", "yaml-lint");
  expect(verbose.stderr).toMatch(/^yaml-lint: passed \(1 file, (?:from the cache, )?\S+ m?s\)$/m);
  const silent = await box.k("hooks", "run", "pre-commit", "--quiet", "--job", "yaml-lint");
  expect([silent.exitCode, silent.stderr, silent.stdout]).toEqual([0, "", ""]);
});

test("a tool that is not there is skipped visibly, and with strict settings it fails", async () => {
  await using box = await hooked({ "a.nix": "{ a = 1; }\n" });
  const env = { PATH: "/usr/bin:/bin" };
  const commit = await box.commit("feat: nix", env);
  expect(commit.stderr).toMatch(/^nix-deadcode: skipped, `deadnix` is not to be found; .*brings it$/m);
  expect(commit.exitCode).toBe(0);
  await box.write({ "a.nix": "{ a = 2; }\n" });
  const strict = await box.commit("feat: nix", { ...env, CI: "true" });
  expect([strict.exitCode, strict.stderr]).toEqual([1, expect.stringContaining("error: `deadnix` is not to be found")]);
});

test("hooks tell when a lockfile changed, and are quiet otherwise", async () => {
  await using box = await hooked({ "bun.lock": "1\n", "a.bin": "1" }, { commit: true });
  const env = { K_SKIP: "files,lint,format" };
  await box.git("checkout", "--quiet", "-b", "side");
  await box.write({ "bun.lock": "2\n", "nix/flake.lock": "{}\n" });
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--message=lock");
  const back = await box.tryGit(["checkout", "--quiet", "main"]);
  expect(back.stderr).toBe("bun.lock changed: bun install --frozen-lockfile\n");
  expect((await box.tryGit(["checkout", "--quiet", "HEAD", "a.bin"])).stderr).toBe("");
  const merge = await box.tryGit(["merge", "--quiet", "side"], env);
  expect(merge.stderr).toContain(
    "bun.lock changed: bun install --frozen-lockfile\nnix/flake.lock changed: direnv reload"
  );
  await box.git("checkout", "--quiet", "-b", "rebased", "main~1");
  await box.write({ "b.bin": "1" });
  await box.git("add", "--all");
  await box.git("commit", "--quiet", "--no-verify", "--message=b");
  const rebase = await box.tryGit(["rebase", "--quiet", "main"]);
  expect(rebase.stderr).toContain("bun.lock changed: bun install --frozen-lockfile\n");
  expect((await box.tryGit(["clone", "--quiet", ".", "../clone"])).stderr).toBe("");
});

test("an interrupt stops the hook, its children and the commit", async () => {
  await using box = await withHooks({
    "pre-commit": `{ summary: "x", jobs: { slow: { command: ["sh", "-c", "echo $$ > ../pid; mkfifo ../never; cat ../never"] } } }`,
  });
  await box.write({ "a.bin": "1" });
  await box.git("add", "--all");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    await box.run(["rm", "-f", "../pid", "../never"]);
    const child = Bun.spawn(["git", "commit", "--quiet", "--message", "feat: add"], {
      cwd: box.root,
      env: { ...box.env },
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
      detached: true,
    });
    const pid = join(box.root, "../pid");
    while ((await Bun.file(pid).exists()) === false || (await Bun.file(pid).text()).trim() === "") {
      await Bun.sleep(5);
    }
    process.kill(-child.pid, signal);
    expect(await child.exited).not.toBe(0);
    const own = Number(await Bun.file(pid).text());
    // Git itself may be gone before its hook has ended all that it started.
    while ((await box.run(["sh", "-c", "ls .git/k 2>/dev/null | grep -c run- || true"])).stdout.trim() !== "0") {
      await Bun.sleep(10);
    }
    expect(() => process.kill(own, 0)).toThrow();
    expect(await box.subjects()).toEqual(["start"]);
    expect(await box.git("status", "--porcelain")).toBe("A  a.bin\n");
  }
});

test("flags that all tasks have count here too, and those that cannot are refused", async () => {
  await using box = await withHooks({
    "pre-commit": `{ summary: "x", jobs: { slow: { command: ["sleep", "60"] }, fails: { command: ["false"] } } }`,
  });
  await box.write({ "a.bin": "1" });
  await box.git("add", "--all");
  const late = await box.k("hooks", "run", "pre-commit", "--job", "slow", "--timeout", "1");
  expect([late.exitCode, late.stderr]).toEqual([
    1,
    expect.stringContaining("slow was stopped: it ran longer than 1 s"),
  ]);
  const first = await box.k("hooks", "run", "pre-commit", "--job", "slow,fails", "--fail-fast");
  expect([first.exitCode, first.stderr]).toEqual([1, expect.stringContaining("✖ fails")]);
  const odd = await box.k("hooks", "run", "pre-commit", "--timings");
  expect([odd.exitCode, odd.stderr]).toEqual([2, expect.stringContaining("k hooks run takes no --timings")]);
});
