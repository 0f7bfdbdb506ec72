import { expect, test } from "bun:test";
import { readdirSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { hookNames } from "../../lib/core/hook.ts";
import { clone } from "../support/clone.ts";
import { kArguments, type Ran, sandbox, type Sandbox } from "../support/sandbox.ts";
import { treeDigest } from "../support/tree-digest.ts";

/** Runs written tests as a user does: `k` and `bun` are on PATH. */
async function bunTest(box: Sandbox, ...paths: readonly string[]): Promise<Ran> {
  await box.write({
    "../bin/k": `#!/bin/sh\nexec '${process.execPath}' ${kArguments.map((word) => `'${word}'`).join(" ")} "$@"\n`,
  });
  const path = `${join(dirname(box.root), "bin")}:${box.env["PATH"] ?? ""}`;
  return box.run([process.execPath, "test", ...paths], { env: { PATH: path } });
}

test("in a project a task, a hook and a tool are written with tests that pass at once", async () => {
  await using project = await sandbox();
  await project.write({ "../bun/bun": "→/bin/true" });
  const withBun = { env: { PATH: `${join(dirname(project.root), "bun")}:${project.env["PATH"]}` } };
  const made = [
    await project.kWith(withBun, "new", "task", "deploy:staging", "--summary", 'Put it "there"'),
    await project.k("new", "hook", "pre-commit"),
    await project.k("new", "tool", "vale"),
  ];
  expect(made.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(made[0]?.stdout).toBe(
    "wrote konductor.toml\nwrote tasks/deploy/staging.ts\nwrote test/tasks/deploy/staging.test.ts\nnext:\n" +
      "  k trust: its own code runs only after it\n  k deploy:staging\n  bun test ./test/tasks/deploy/staging.test.ts\n"
  );
  expect(await project.read("konductor.toml")).toBe('[tasks]\ndir = "tasks"\n\n[hooks]\ndir = "hooks"\n');
  expect((await project.k("trust")).exitCode).toBe(0);
  const ran = await bunTest(project);
  expect(ran.stderr).toContain("\n 4 pass\n 0 fail\n");
  expect(ran.exitCode).toBe(0);
  // The same tests fail where what they are about is broken.
  await project.write({
    "tasks/deploy/staging.ts": (await project.read("tasks/deploy/staging.ts"))
      .replace('"--version"', '"no-such"')
      .replace("log(", "throw new Error("),
  });
  expect((await bunTest(project, "test/tasks/deploy")).exitCode).toBe(1);
}, 60_000);

test("a hook of every kind is written so that its job runs and its test passes", async () => {
  await using project = await sandbox();
  const chosen = ["commit-msg", "post-commit", "pre-push", "prepare-commit-msg"] as const;
  expect(chosen.every((name) => hookNames.includes(name))).toBe(true);
  for (const name of chosen) {
    expect((await project.k("new", "hook", name)).exitCode).toBe(0);
  }
  await project.k("trust");
  expect((await bunTest(project)).stderr).toContain(`\n ${chosen.length} pass\n 0 fail\n`);
  await project.write({ message: "fix: this says DO NOT COMMIT\n" });
  const stopped = await project.k("hooks:run", "commit-msg", "--job", "no-stop-word", "--", "message");
  expect([stopped.exitCode, stopped.stdout + stopped.stderr]).toEqual([1, expect.stringContaining("DO NOT COMMIT")]);
}, 60_000);

test("in a copy of k itself they are written as k's formatters want them, with tests that pass at once", async () => {
  await using copy = await clone({ name: "k copied", modules: true });
  const bun = (...words: readonly string[]) => copy.run([process.execPath, ...words], { cwd: copy.root });
  const k = (...words: readonly string[]) => bun("--no-install", join(copy.root, "bin/k"), ...words);
  const made = [
    await k("new", "task", "deploy:staging"),
    await k("new", "hook", "post-commit"),
    await k("new", "tool", "vale-lint"),
  ];
  expect(made.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
    [0, ""],
    [0, ""],
    [0, ""],
  ]);
  const written = made.flatMap(({ stdout }) => [...stdout.matchAll(/^wrote (.*)$/gm)].map(([, path]) => path ?? ""));
  const ran = await bun("test", ...written.filter((path) => path.endsWith(".test.ts")));
  expect(ran.stderr).toContain("\n 4 pass\n 0 fail\n");
  for (const task of ["format:js:check", "lint:js:eslint"]) {
    const checked = await k(task, ...written);
    expect([checked.exitCode, checked.stdout]).toEqual([0, expect.stringContaining(`${task}: passed`)]);
  }
  const table = await Bun.file(join(copy.root, "lib/tools/index.ts")).text();
  const names = [...table.matchAll(/^import \{ \w+ \} from "\.\/([\w-]+)\.ts"/gm)].map(([, name]) => name ?? "");
  expect(names).toEqual(names.toSorted());
  expect(table).toContain("\n  valeLint,\n");
}, 120_000);

test("nothing that is there is written over, and nothing is written where one of the files is there", async () => {
  await using project = await sandbox({ "test/tasks/greet.test.ts": "mine\n" });
  const before = treeDigest(project.root, (path) => path.startsWith(".git"));
  const run = await project.k("new", "task", "greet");
  expect([run.exitCode, run.stderr]).toEqual([
    1,
    expect.stringContaining("test/tasks/greet.test.ts: not written: it is there already"),
  ]);
  symlinkSync("nowhere", join(project.root, "tasks"));
  expect((await project.k("new", "task", "other")).exitCode).not.toBe(0);
  const after = treeDigest(project.root, (path) => path.startsWith(".git") || path === "tasks");
  expect(after).toBe(before);
});

test.each([
  [["task", "Deploy"], "no task can be called Deploy"],
  [["task", "../x"], "no task can be called ../x"],
  [["task", "lint"], "lint is taken"],
  [["task", "l"], "l is taken"],
  [["hook", "pre-comit"], "did you mean pre-commit?"],
  [["tool", "ruff"], "ruff is in the tools table already"],
  [["tool", "a/b"], "no tool can be called a/b"],
  [["tool"], "it needs a name"],
  [[], "it needs what to make: task, hook, tool"],
])("`k new %p` is refused: %s", async (words, why) => {
  await using project = await sandbox();
  const run = await project.k("new", ...words);
  expect([run.exitCode, run.stdout, run.stderr]).toEqual([2, "", expect.stringContaining(why)]);
  expect(readdirSync(project.root)).toEqual([".git"]);
});

test("a table of konductor.toml that is there is not written into: the line to add is said", async () => {
  await using project = await sandbox({ "konductor.toml": "[tasks]\n" });
  const run = await project.k("new", "task", "greet");
  expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining('add to it: dir = "tasks"')]);
  expect(await project.read("konductor.toml")).toBe("[tasks]\n");
});
