import { expect, setDefaultTimeout, test } from "bun:test";
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { hooked } from "../support/hooked.ts";
import { hasTmux, openPane } from "../support/tmux.ts";
import { canMount, seal, smallDisk } from "../support/small-disk.ts";
import { kArguments, projectWithTasks, type Sandbox, sandbox, task } from "../support/sandbox.ts";
import { readRun, runNames } from "../../lib/ledger/read-runs.ts";
import { ledgerFolder } from "../../lib/ledger/place.ts";

// Each of these starts k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

const folderOf = ({ env, root }: Sandbox): string =>
  ledgerFolder(join(env["HOME"] ?? "", ".local/state/konductor"), root);

const failing = {
  "tasks/build.ts": task("echo building; exit 7"),
  "tasks/ship.ts": task("echo shipped", ["build"]),
  "tasks/verify.ts": task("echo clean; echo odd >&2"),
};

test("the last run is told with its command, its end and a line per task, and its output is shown again", async () => {
  await using project = await projectWithTasks(failing);
  expect((await project.k("ship", "verify", "-q")).exitCode).toBe(1);
  const last = await project.k("last");
  expect(last.exitCode).toBe(0);
  expect(last.stdout).toStartWith("k ship verify -q\nended with exit code 1, just now, took ");
  expect(last.stdout).toContain("build: failed, exited with 7 (");
  expect(last.stdout).toContain("ship: skipped, `build` did not pass\n");
  expect(last.stdout).toContain("verify: passed (");
  expect(await project.k("logs", "verify")).toEqual({ exitCode: 0, stdout: "clean\nodd\n", stderr: "" });
  expect((await project.k("logs")).stdout).toBe("==> build <==\nbuilding\n\n==> verify <==\nclean\nodd\n");
  const data = JSON.parse((await project.k("last", "--json")).stdout) as Record<string, unknown>;
  expect(data).toMatchObject({ state: "finished", exitCode: 1, argv: ["ship", "verify", "-q"], cwd: project.root });
  expect(data["tasks"]).toMatchObject([
    { id: "build", status: "failed", logged: 9, problems: [{ text: "`build` exited with 7" }] },
    { id: "ship", status: "skipped", reason: "need-failed", need: "build", asked: true },
    { id: "verify", status: "passed", attempts: 1 },
  ]);
});

test("what `last` says of a run names commands that there are, and nothing in it steers the terminal", async () => {
  await using project = await projectWithTasks({ "tasks/mute.ts": task("exit 3"), "a\u001b[2Jb.txt": "x \n" });
  expect((await project.k("last")).stderr).toContain("`k lint` does");
  expect((await project.k("again")).stderr).toContain("as in `k lint`");
  await project.k("mute");
  const mute = await project.k("last");
  expect(mute.stdout).toContain("only what failed: k again --failed");
  expect(mute.stdout).not.toContain("its output:");
  await project.k("lint:files", "a\u001b[2Jb.txt");
  const line = String.raw`k lint:files $'a\x1b[2Jb.txt'`;
  expect((await project.k("last")).stdout).toStartWith(`${line}\n`);
  expect((await project.k("logs", "--list")).stdout).toContain(`  ${line}\n`);
  expect((await project.k("again", "--dry-run")).stderr).toContain(String.raw`$'a\x1b[2Jb.txt'`);
});

test("the runs that are kept are listed as JSON with or without --list", async () => {
  await using project = await projectWithTasks(failing);
  await project.k("verify");
  const both = [await project.k("logs", "--json"), await project.k("logs", "--list", "--json")];
  expect(both[0]?.stdout).toBe(both[1]?.stdout ?? "");
  expect(JSON.parse(both[0]?.stdout ?? "")).toHaveLength(1);
});

test("the log of a task is that of the last run that had it, or of the run that is named", async () => {
  await using project = await projectWithTasks({ ...failing, "tasks/say.ts": task('date +%N; echo "$WORD"') });
  await project.kWith({ env: { WORD: "first" } }, "say");
  await project.kWith({ env: { WORD: "second" } }, "say");
  await project.k("verify");
  expect((await project.k("logs", "say")).stdout).toContain("second\n");
  const runs = JSON.parse((await project.k("logs", "say", "--list", "--json")).stdout) as { id: string }[];
  expect(runs).toHaveLength(2);
  expect((await project.k("logs", "say", "--run", runs[1]?.id.slice(-6) ?? "")).stdout).toContain("first\n");
  expect((await project.k("logs", "--list")).stdout.trimEnd().split("\n")).toHaveLength(3);
  const many = await project.k("logs", "say", "--run", "20");
  expect(many.exitCode).toBe(2);
  expect(many.stderr).toContain("3 have this");
  const unknown = await project.k("logs", "sya");
  expect(unknown.exitCode).toBe(2);
  expect(unknown.stderr).toContain("did you mean say?");
  const never = await project.k("logs", "ship");
  expect(never.stderr).toBe("error: no run with `ship` is kept\nhint: `k logs --list` shows those that are\n");
});

test("a log goes into a pipe byte for byte, escapes and all", async () => {
  await using project = await projectWithTasks({
    "tasks/paint.ts": task("printf 'a\\033[31mred\\033[0m\\r\\033[2Kb\\tü'"),
  });
  await project.k("paint");
  expect((await project.k("logs", "paint")).stdout).toBe("a\u001b[31mred\u001b[0m\r\u001b[2Kb\tü");
});

test.skipIf(!hasTmux)("on a terminal a log moves no cursor, and keeps its colours", async () => {
  await using project = await projectWithTasks({
    "tasks/paint.ts": task("printf 'one\\n\\033[31mred\\033[0m\\033[2J\\033[5Atwo\\n'"),
  });
  await project.k("paint");
  const command = [process.execPath, ...kArguments, "-C", project.root, "logs", "paint"];
  await using pane = await openPane({ columns: 40, lines: 10, command, env: project.env });
  await pane.until((screen) => screen.includes("two"), "the log");
  // That it is over scrolls the first line away.
  expect(await pane.history()).toStartWith("one\nredtwo");
});

test("a linter's log holds its findings, and a group's those of its tasks", async () => {
  await using project = await sandbox({ "a.txt": "blank at the end \n" });
  await project.k("lint", "--tool", "k");
  const logs = await project.k("logs", "lint");
  expect(logs.stdout).toContain("a.txt:1:17: error: ");
  expect(logs.stdout).toContain("[k trailing-whitespace]");
});

test("again is the same command line, odd words and all, in the folder where it was typed, with its exit code", async () => {
  await using project = await projectWithTasks({
    "tasks/show.ts": [
      'import { defineTask } from "konductor";',
      'export default defineTask({ summary: "Show", args: { words: { summary: "words", variadic: true } },',
      '  run: ({ args, cwd, log, id }) => { log([cwd, JSON.stringify(args)].join(" ")); return { status: "failed", problems: [{ kind: "task-failed", id, exitCode: 3 }] }; } });',
    ].join("\n"),
    "sub/x": "",
  });
  const sub = join(project.root, "sub");
  const words = ["a b", "", "$(x)", "'", "--", "--flag", "again"];
  const first = await project.kWith({ cwd: sub }, "show", ...words);
  expect(first.stdout).toContain(`${sub} ["a b","","$(x)","'","--flag","again"]`);
  const again = await project.k("again");
  expect(again.exitCode).toBe(1);
  expect(again.stdout.replaceAll(/[\d.]+ m?s/g, "")).toBe(first.stdout.replaceAll(/[\d.]+ m?s/g, ""));
  expect(again.stderr).toStartWith(`again: k show 'a b' '' '$(x)' ''\\''' -- --flag again (in ${sub})\n`);
  // What ran again is the last run now, and a flag in front is added.
  const planned = await project.k("again", "--dry-run");
  expect(planned.stdout).toStartWith("show ");
  expect(planned.stdout).toContain("(asked for)");
});

test("again --failed runs what failed and what was skipped because of it, and nothing where all went well", async () => {
  await using project = await projectWithTasks({ ...failing, "tasks/build.ts": task("test -e mended") });
  await project.k("ship", "verify");
  const again = await project.k("again", "--failed");
  expect(again.stderr).toContain("again: k ship verify, only build, ship\n");
  expect(again.stdout).toContain("build: failed");
  expect(again.stdout).not.toContain("verify");
  await project.write({ mended: "" });
  const mended = await project.k("again", "--failed");
  expect(mended.exitCode).toBe(0);
  expect(mended.stdout).toContain("ship: passed");
  expect(mended.stdout).not.toContain("verify");
  expect((await project.k("last")).stdout).toContain("only what failed in ");
  expect(await project.k("again", "--failed")).toEqual({
    exitCode: 0,
    stdout: "",
    stderr: "again: nothing failed in the last run\n",
  });
  // And without the flag it is all of it again.
  expect((await project.k("again")).stdout).toContain("verify: passed");
});

test("again refuses to run beside others, where nothing ran yet, and where the folder is gone", async () => {
  await using project = await projectWithTasks({ ...failing, "sub/x": "" });
  const none = await project.k("again");
  expect(none.exitCode).toBe(2);
  expect(none.stderr).toContain("no run of this project is kept");
  expect((await project.k("again", "verify")).stderr).toContain("`again` runs alone");
  await project.kWith({ cwd: join(project.root, "sub") }, "verify");
  await project.run(["rm", "-r", "sub"]);
  const gone = await project.k("again");
  expect(gone.exitCode).toBe(2);
  expect(gone.stderr).toContain("the folder of the last run is gone");
});

test("of a run that was killed all is there up to then: it is interrupted, and what it did not end runs again", async () => {
  await using project = await projectWithTasks({
    "tasks/quick.ts": task("echo done"),
    "tasks/slow.ts": task('echo begun; echo ready > "$READY"; test -e go || sleep 60', ["quick"]),
  });
  const ready = join(project.root, "ready");
  await project.run(["mkfifo", ready]);
  const child = Bun.spawn([process.execPath, ...kArguments, "slow"], {
    cwd: project.root,
    env: { ...project.env, READY: ready },
    stdout: "ignore",
    stderr: "ignore",
  });
  expect(await Bun.file(ready).text()).toBe("ready\n");
  expect((await project.k("last")).stdout).toContain("slow: running");
  expect((await project.k("logs", "slow")).stdout).toBe("begun\n");
  child.kill("SIGKILL");
  await child.exited;
  const last = await project.k("last");
  expect(last.stdout).toContain("\ninterrupted, just now");
  expect(last.stdout).toContain("quick: passed");
  expect(last.stdout).toContain("slow: interrupted");
  await project.write({ go: "" });
  await project.run(["rm", ready]);
  const again = await project.kWith({ env: { READY: "/dev/null" } }, "again", "--failed");
  expect(again.stdout).toContain("slow: passed");
  expect(again.stdout).not.toContain("quick");
});

test("runs at once in one project are all kept, each with its own output", async () => {
  await using project = await projectWithTasks({ "tasks/say.ts": task('echo "$WORD"') });
  const words = ["one", "two", "three", "four"];
  await Promise.all(words.map((word) => project.kWith({ env: { WORD: word } }, "say")));
  const folder = folderOf(project);
  const runs = runNames(folder).map((name) => readRun(folder, name));
  expect(runs.map((run) => run?.state)).toEqual(words.map(() => "finished"));
  const said = await Promise.all(runs.map((run) => Bun.file(join(run?.folder ?? "", "say.log")).text()));
  expect(said.toSorted()).toEqual(["four\n", "one\n", "three\n", "two\n"]);
});

test("nobody else can read what is kept", async () => {
  await using project = await projectWithTasks(failing);
  await project.k("verify");
  const folder = folderOf(project);
  const [run = ""] = runNames(folder);
  expect(lstatSync(folder).mode & 0o777).toBe(0o700);
  expect(lstatSync(join(folder, run)).mode & 0o777).toBe(0o700);
  const modes = readdirSync(join(folder, run)).map((name) => [name, lstatSync(join(folder, run, name)).mode & 0o777]);
  expect(modes.toSorted()).toEqual([
    ["run.ndjson", 0o600],
    ["verify.log", 0o600],
  ]);
});

test("a state folder that cannot be is no reason for a run to fail or to say a word", async () => {
  await using project = await projectWithTasks(failing);
  const file = await project.kWith({ env: { XDG_STATE_HOME: join(project.root, "konductor.toml") } }, "verify");
  expect(file).toMatchObject({ exitCode: 2 });
  await project.write({ "plain/a.txt": "fine\n" });
  const plain = await project.kWith(
    { env: { XDG_STATE_HOME: join(project.root, "plain/a.txt") } },
    "lint:files",
    "plain"
  );
  expect(plain.stderr).not.toContain("a.txt/");
});

test.skipIf(!canMount())("a disk that is full or read-only while a run goes on changes nothing of it", async () => {
  await using project = await sandbox({ "a.txt": "blank at the end \n" });
  const lint = async (state: Readonly<Record<string, string>>): Promise<object> => {
    const ran = await project.kWith({ env: state }, "lint:files", "--no-cache");
    return { ...ran, stdout: ran.stdout.replaceAll(/[\d.]+ m?s/g, "") };
  };
  const usual = await lint({});
  using disk = smallDisk(64);
  await project.run(["dd", "if=/dev/zero", `of=${disk?.path}/filler`, "bs=1k", "count=64"]);
  expect(await lint({ XDG_STATE_HOME: disk?.path ?? "" })).toEqual(usual);
  using sealed = seal(join(project.root, "../sealed"));
  expect(sealed).toBeDefined();
  const readOnly = { XDG_STATE_HOME: join(project.root, "../sealed") };
  expect(await lint(readOnly)).toEqual(usual);
  expect((await project.kWith({ env: readOnly }, "last")).stderr).toContain("no run of this project is kept");
});

test("what a task runs with k is a part of its own run", async () => {
  const inner = [process.execPath, ...kArguments, "verify"].map((word) => `'${word}'`).join(" ");
  await using project = await projectWithTasks({ ...failing, "tasks/outer.ts": task(inner) });
  expect((await project.k("outer")).exitCode).toBe(0);
  const last = await project.k("last");
  expect(last.stdout).toStartWith("k outer\n");
  expect((await project.k("logs", "--list")).stdout.trimEnd().split("\n")).toHaveLength(1);
  expect((await project.k("logs", "outer")).stdout).toContain("verify: passed");
});

test("a hook that stopped a commit is kept with its findings, one that did not is not, and again --failed names its jobs", async () => {
  await using box = await hooked({ "a.txt": "fine\n" });
  expect((await box.commit()).exitCode).toBe(0);
  // A commit that passes leaves a run only where it took long, as on a machine with much to do.
  const before = runNames(folderOf(box)).length;
  await box.write({ "a.txt": "blank at the end \n" });
  expect((await box.commit("feat: add a blank")).exitCode).toBe(1);
  expect(runNames(folderOf(box))).toHaveLength(before + 1);
  const last = await box.k("last");
  expect(last.stdout).toStartWith("k hooks run pre-commit\nended with exit code 1, ");
  expect(last.stdout).toContain("file-checks: failed, did not pass: 1 finding (");
  expect((await box.k("logs", "file-checks")).stdout).toStartWith("a.txt:1:17: error: ");
  const again = await box.k("again", "--failed");
  expect(again.exitCode).toBe(1);
  expect(again.stderr).toStartWith("again: k hooks run pre-commit --job file-checks\n");
});

test("a question leaves no run, nor does any where the settings say so", async () => {
  await using project = await projectWithTasks(failing);
  await project.k("list");
  await project.k("last");
  await project.k("verify", "--dry-run");
  await project.kWith({ env: { KONDUCTOR_LOG_ENABLED: "false" } }, "verify");
  expect(runNames(folderOf(project))).toEqual([]);
  await project.k("verify");
  expect(runNames(folderOf(project))).toHaveLength(1);
});

test("the oldest runs go when there are more than the settings allow", async () => {
  await using project = await projectWithTasks(failing);
  for (const _ of [1, 2, 3, 4]) {
    await project.kWith({ env: { KONDUCTOR_LOG_KEEP_RUNS: "2" } }, "verify");
  }
  expect(runNames(folderOf(project))).toHaveLength(2);
});
