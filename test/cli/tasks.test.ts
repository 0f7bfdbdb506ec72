import { expect, test } from "bun:test";
import { kArguments, projectWithTasks, sandbox, task } from "../support/sandbox.ts";

const toml = '[tasks]\ndir = "tasks"\n';

test("a failure skips what needs it and spares the rest", async () => {
  await using project = await projectWithTasks({
    "tasks/build.ts": task("exit 7"),
    "tasks/ship.ts": task("echo shipped", ["build"]),
    "tasks/verify.ts": task("echo clean"),
  });
  const run = await project.k("ship", "verify");
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain("ship: skipped, `build` did not pass");
  expect(run.stdout).toContain("verify: passed");
  expect(run.stdout).not.toContain("shipped");
  expect(run.stderr).toContain("error: `build` exited with 7");
});

test("the whole output of a failed task is shown once, that of a passed one only with --verbose", async () => {
  await using project = await projectWithTasks({
    "tasks/bad.ts": task("echo one; echo two >&2; exit 1"),
    "tasks/good.ts": task("echo quiet"),
  });
  const run = await project.k("bad", "good");
  expect(run.stdout.match(/^one$/gm)).toHaveLength(1);
  expect(run.stdout.match(/^two$/gm)).toHaveLength(1);
  expect(run.stdout).not.toContain("quiet");
  expect((await project.k("good", "-v")).stdout).toContain("quiet");
});

test("zx is the $ of a task, with its quoting, and a command that fails fails the task", async () => {
  await using project = await projectWithTasks({
    "tasks/zx.ts": [
      'import { defineTask } from "konductor";',
      "export default defineTask({",
      '  summary: "Use zx",',
      '  args: { words: { summary: "words", variadic: true } },',
      "  run: async ({ $, args, log }) => {",
      '    const said = await $`printf "%s\\n" ${args}`;',
      '    log(`lines: ${said.stdout.trim().split("\\n").join("|")}`);',
      "    await $`exit 5`;",
      "  },",
      "});",
    ].join("\n"),
  });
  const run = await project.k("zx", "a b", "$(rm x)", "'", "--", "--flag");
  expect(run.stdout).toContain("lines: a b|$(rm x)|'|--flag");
  expect(run.stderr).toContain("error: `zx` exited with 5");
  expect(run.exitCode).toBe(1);
});

test("a dry run prints the plan with a reason for each task and runs nothing", async () => {
  await using project = await projectWithTasks({
    "tasks/build.ts": task("touch built"),
    "tasks/ship.ts": task("touch shipped", ["build"]),
  });
  const run = await project.k("ship", "--dry-run");
  expect(run).toEqual({ exitCode: 0, stdout: "build  (needed by ship)\nship  (asked for; after build)\n", stderr: "" });
  expect((await project.git("status", "--porcelain")).includes("built")).toBe(false);
});

test("a project's tasks do not run before it is trusted, and the built-in ones do", async () => {
  await using project = await sandbox({
    "konductor.toml": toml,
    "tasks/evil.ts": 'await Bun.write("pwned", ""); export default {};',
  });
  const run = await project.k("evil");
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("warning: this project's own code does not run: you have not said that you trust it");
  expect(run.stderr).toContain("tasks.dir (konductor.toml:2)");
  expect(run.stderr).toContain("error: no task is called evil");
  expect((await project.k("version")).exitCode).toBe(0);
  expect(await Bun.file(`${project.root}/pwned`).exists()).toBe(false);
});

test("trust ends when the project's git remote changes, and when it is revoked", async () => {
  await using project = await projectWithTasks({ "tasks/own.ts": task("true") });
  expect((await project.k("own")).exitCode).toBe(0);
  await project.git("remote", "add", "origin", "https://example.com/other.git");
  const changed = await project.k("own");
  expect([changed.exitCode, changed.stderr.includes("its git remotes changed")]).toEqual([2, true]);
  const trusted = await project.k("trust");
  expect([trusted.exitCode, trusted.stderr]).toEqual([0, ""]);
  expect((await project.k("own")).exitCode).toBe(0);
  expect((await project.k("trust", "--revoke")).exitCode).toBe(0);
  expect((await project.k("own")).exitCode).toBe(2);
});

test("a project's task takes the place of a built-in, and `k list` says so", async () => {
  await using project = await projectWithTasks({ "tasks/version.ts": task("echo mine") });
  expect((await project.k("version", "-v")).stdout).toContain("mine");
  expect((await project.k("list")).stdout).toMatch(/^version +Run echo mine \(this project's\)$/m);
  const listed = JSON.parse((await project.k("list", "--json")).stdout);
  const own = listed.tasks.find(({ name }: { name: string }) => name === "version");
  expect([own.origin, own.replaces.endsWith("tasks/version.ts")]).toEqual(["project", true]);
});

test("two tasks that claim one alias are an error that names both files", async () => {
  const aliased = (line: string): string => task(line).replace("  needs:", '  aliases: ["x"],\n  needs:');
  await using project = await projectWithTasks({ "tasks/a.ts": aliased("true"), "tasks/b.ts": aliased("true") });
  const run = await project.k("list");
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(
    `error: two tasks are called x: ${project.root}/tasks/a.ts and ${project.root}/tasks/b.ts`
  );
});

test("tasks that need each other are an error that names the circle and its files", async () => {
  await using project = await projectWithTasks({
    "tasks/a.ts": task("true", ["b"]),
    "tasks/b.ts": task("true", ["a"]),
  });
  const run = await project.k("a");
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("error: tasks need each other in a circle: a → b → a");
  expect(run.stderr).toContain("tasks/a.ts");
  expect(run.stderr).toContain("tasks/b.ts");
});

test("a task file that cannot be used is named with what is wrong in it, all of them at once", async () => {
  await using project = await projectWithTasks({
    "tasks/syntax.ts": "export default {",
    "tasks/none.ts": "export const x = 1;",
    "tasks/dumb.ts": "export default { summary: 'x' };",
    "tasks/Upper.ts": task("true"),
    "tasks/flag.ts":
      "export default { summary: 'x', run: () => {}, flags: { mode: { type: 'string', summary: 'x' } } };",
  });
  const run = await project.k("list");
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain("tasks/flag.ts: its flag `mode` has the type `string`: it takes one of boolean, text,");
  expect(run.stderr).toContain("tasks/syntax.ts: it does not load:");
  expect(run.stderr).toContain("tasks/none.ts: its default export is no task");
  expect(run.stderr).toContain("tasks/dumb.ts: its task has neither `run` nor `needs`");
  expect(run.stderr).toContain("tasks/Upper.ts: a task's name is lower-case letters");
});

test("a task that returns what `exec` gave it fails where the command failed", async () => {
  const exec = (line: string): string =>
    `import { defineTask } from "konductor";
     export default defineTask({ summary: "x", run: ({ exec }) => exec(["sh", "-c", ${JSON.stringify(line)}]) });`;
  await using project = await projectWithTasks({
    "tasks/bad.ts": exec("exit 3"),
    "tasks/good.ts": exec("exit 0"),
    "tasks/judges.ts": `import { defineTask } from "konductor";
      export default defineTask({ summary: "x", run: async ({ exec }) => { await exec(["sh", "-c", "exit 3"]); } });`,
  });
  const run = await project.k("bad", "good", "judges");
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("error: `bad` exited with 3");
  expect(run.stdout).toMatch(/good: passed/);
  expect(run.stdout).toMatch(/judges: passed/);
});

test("a task that throws fails with what it threw, and the others finish", async () => {
  await using project = await projectWithTasks({
    "tasks/throws.ts": 'export default { summary: "x", run() { throw new Error("out of cheese"); } };',
    "tasks/fine.ts": task("true"),
  });
  const run = await project.k("throws", "fine");
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("error: `throws` threw: out of cheese");
  expect(run.stdout).toContain("fine: passed");
});

test("a destructive task names what will be lost, and without a terminal it wants --yes", async () => {
  const wipe = task("touch wiped").replace("  needs:", '  confirm: "removes everything in out/",\n  needs:');
  await using project = await projectWithTasks({ "tasks/wipe.ts": wipe });
  const refused = await project.k("wipe");
  expect(refused.exitCode).toBe(2);
  expect(refused.stderr).toContain("error: `wipe`: removes everything in out/");
  expect(refused.stderr).toContain("--yes");
  expect(await Bun.file(`${project.root}/wiped`).exists()).toBe(false);
  expect((await project.k("wipe", "--yes")).exitCode).toBe(0);
  expect(await Bun.file(`${project.root}/wiped`).exists()).toBe(true);
});

test("a task that outlives --timeout is ended with all that it started", async () => {
  await using project = await projectWithTasks({ "tasks/slow.ts": task("sleep 300 & echo started; wait") });
  const run = await project.k("slow", "--timeout", "1");
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain("error: `slow` was stopped: it ran longer than 1 s");
  const left = await project.run(["pgrep", "-f", "^sleep 300$"]);
  expect(left.stdout).toBe("");
});

test("events as NDJSON begin with their version and end with the exit code", async () => {
  await using project = await projectWithTasks({ "tasks/ok.ts": task("echo hi") });
  const run = await project.k("ok", "--reporter", "json");
  const events = run.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(events[0]).toMatchObject({ type: "run-started", version: 1 });
  expect(events.map(({ type }) => type)).toContain("task-output");
  expect(events.at(-1)).toMatchObject({ type: "run-finished", exitCode: 0 });
});

test("a reader that goes away early is no error", async () => {
  await using project = await sandbox();
  const run = await project.run(["sh", "-c", '"$@" list | head -1', "sh", process.execPath, ...kArguments]);
  expect(run.stderr).toBe("");
  expect(run.stdout.trim().split("\n")).toHaveLength(1);
});

test("unknown words are answered with the nearest name and exit code 2", async () => {
  await using project = await sandbox();
  const cases: readonly [args: readonly string[], message: string, hint: string][] = [
    [["lnt"], "error: no task is called lnt", "hint: did you mean lint?"],
    [["lint", "--fxi"], "error: `lint` has no flag --fxi", "hint: did you mean --fix?"],
    [["lint", "--tool", "shelcheck"], "error: --tool cannot be `shelcheck`", "such as shellcheck"],
    [["-j", "0", "lint"], "error: --jobs cannot be `0`: it takes a whole number from 1 to 1024", ""],
    [["help", "lnt"], "error: no task is called lnt", "hint: did you mean lint?"],
  ];
  for (const [args, message, hint] of cases) {
    const run = await project.k(...args);
    expect([run.exitCode, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(hint);
    expect(run.stderr).toContain(message);
  }
});
