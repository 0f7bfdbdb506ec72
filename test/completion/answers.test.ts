import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { completionSources } from "../../lib/core/flag.ts";
import { home, kArguments, projectWithTasks, type Sandbox, sandbox } from "../support/sandbox.ts";

/** What zsh would be offered behind these words, values only. */
async function values(box: Sandbox, ...words: readonly string[]): Promise<readonly string[]> {
  const ran = await box.k("__complete", "zsh", ...words);
  expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
  return ran.stdout
    .split("\n")
    .slice(4, -1)
    .map((row) => row.slice(1).split("\t")[0] ?? "");
}

const touching = `
  import { writeFileSync } from "node:fs";
  import { defineTask } from "konductor";
  writeFileSync(new URL("../ran", import.meta.url), "");
  export default defineTask({ summary: "Mine", run: () => {} });
`;

test("a project's own tasks are completed where it is trusted; of a stranger's nothing runs", async () => {
  await using box = await sandbox({ "konductor.toml": '[tasks]\ndir = "tasks"\n', "tasks/mine.ts": touching });
  const before = await values(box, "");
  expect(before).toContain("lint");
  expect(before).not.toContain("mine");
  expect(existsSync(join(box.root, "ran"))).toBe(false);
  await box.k("trust");
  expect(await values(box, "")).toContain("mine");
  // From anywhere below, and from elsewhere by -C.
  expect(await values(box, "-C", box.root, "mi")).toContain("mine");
});

test("tasks on k itself are offered only in k's own folder", async () => {
  await using box = await sandbox();
  expect(await values(box, "")).not.toContain("generate");
  expect(await values(box, "-C", home, "")).toContain("generate");
});

test.each([
  [[]],
  [["zsh"]],
  [["bash", "9"]],
  [["nosuchshell", "x"]],
  [["zsh", "-C", "/no/such/folder", "x"]],
  [["zsh", "lint", "\u0000odd", "--"]],
  [["fish", "'unclosed"]],
])("k __complete %j ends well and says nothing on stderr", async (words) => {
  await using box = await sandbox();
  // No program takes a NUL among its arguments.
  const ran = await box.k("__complete", ...words.map((word) => word.replaceAll("\u0000", "")));
  expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
});

test.each([
  ["a konductor.toml that is none", { "konductor.toml": "tasks = [" }],
  ["a tasks folder that is not there", { "konductor.toml": '[tasks]\ndir = "nowhere"\n' }],
  ["a task that does not load", { "konductor.toml": '[tasks]\ndir = "tasks"\n', "tasks/bad.ts": "export default 1 +" }],
])("%s leaves the tasks of k to be completed, and no word of it in the prompt", async (_, files) => {
  await using box = await sandbox(files);
  await box.k("trust");
  const ran = await box.k("__complete", "bash", "9", "80", "", "lis");
  expect(ran).toEqual({ exitCode: 0, stdout: "words\nlis\n\nlist\n", stderr: "" });
});

test("an unreadable HOME and no environment at all do no harm", async () => {
  await using box = await sandbox();
  const env = Object.fromEntries(Object.keys(box.env).map((name) => [name, undefined]));
  const ran = await box.run([process.execPath, ...kArguments, "__complete", "zsh", "li"], { env });
  expect([ran.stderr, ran.exitCode]).toEqual(["", 0]);
  expect(ran.stdout).toContain("-lint\t");
});

test("what was kept of tasks is used while their files are as they were, and not when they changed", async () => {
  await using box = await projectWithTasks({
    "tasks/mine.ts": `import { defineTask } from "konductor";\nexport default defineTask({ summary: "Old", run: () => {} });\n`,
  });
  const said = async (): Promise<string> => (await box.k("__complete", "fish", "mine")).stdout;
  expect(await said()).toContain("mine\tOld");
  await box.write({
    "tasks/mine.ts": `import { defineTask } from "konductor";\nexport default defineTask({ summary: "Newer", run: () => {} });\n`,
  });
  expect(await said()).toContain("mine\tNewer");
});

test("an answer about k's own tasks loads little, and nothing of node or of any package", async () => {
  const transpiler = new Bun.Transpiler({ loader: "ts" });
  const loaded = new Set<string>();
  // These load when there is something to know that they know: a project's tasks, a source's values.
  const lazy = [
    "../host/discover.ts",
    "./open-project.ts",
    ...completionSources.map((name) => `./sources/${name}.ts`),
    "./sources/list-folder.ts",
  ];
  const foreign: string[] = [];
  const visit = async (path: string): Promise<void> => {
    if (loaded.has(path)) {
      return;
    }
    loaded.add(path);
    for (const { path: target } of transpiler.scanImports(await Bun.file(path).text())) {
      if (!target.startsWith(".")) {
        foreign.push(`${path}: ${target}`);
      } else if (!lazy.includes(target)) {
        await visit(join(dirname(path), target));
      }
    }
  };
  await visit(join(home, "lib/cli/answer-shell.ts"));
  expect(foreign).toEqual([]);
  expect(loaded.size).toBeLessThan(24);
  expect(loaded.has(join(home, "lib/completion/wanted.ts"))).toBe(true);
});
