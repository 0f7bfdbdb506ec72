import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseCommand } from "../../lib/cli/parse-command.ts";
import { discoverTasks } from "../../lib/host/discover.ts";
import { home, projectWithTasks, type Sandbox, sandbox, task as taskFile } from "../support/sandbox.ts";

interface Listed {
  readonly name: string;
  readonly hidden: boolean;
  readonly examples: readonly string[];
  readonly needs: readonly string[];
  readonly inherit: readonly string[];
  readonly locks: readonly { readonly name: string }[];
}

async function listed(box: Sandbox): Promise<readonly Listed[]> {
  return (JSON.parse((await box.k("list", "--json")).stdout) as { tasks: readonly Listed[] }).tasks;
}

const greet = `
  import { defineTask } from "konductor";
  export default defineTask({
    summary: "Greet somebody",
    description: "As one does.",
    aliases: ["hi"],
    args: { tone: { summary: "How", required: true, choices: ["kindly", "loudly"] }, names: { summary: "Whom", variadic: true } },
    flags: {
      times: { type: "number", short: "t", value: "N", summary: "How often" },
      secret: { type: "boolean", hidden: true, summary: "Not for you" },
    },
    needs: ["lint:bash"],
    after: ["format"],
    requires: ["git"],
    platforms: ["linux", "darwin"],
    confirm: "Their quiet",
    examples: ["k greet kindly Ada"],
    run: () => {},
  });
`;

for (const columns of [40, 80, 200]) {
  test(`help fits in ${columns} columns, names every task, and has no colour in a pipe`, async () => {
    await using box = await sandbox();
    const { stdout, exitCode } = await box.kWith({ env: { COLUMNS: String(columns) } }, "help");
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain("\u001b");
    expect(stdout.split("\n").filter((line) => line.length > Math.min(columns, 110))).toEqual([]);
    const missing = (await listed(box)).filter(({ name }) => !new RegExp(`^ +${name}(,| |$)`, "m").test(stdout));
    expect(missing).toEqual([]);
    expect(stdout).toContain("\nlint:\n");
    expect(stdout.startsWith("konductor")).toBe(columns < 50);
  });
}

test("colour comes where it is asked for, and goes where it is not wanted", async () => {
  await using box = await sandbox();
  expect((await box.kWith({ env: { FORCE_COLOR: "1" } }, "help")).stdout).toContain("\u001b[1m");
  expect((await box.kWith({ env: { FORCE_COLOR: "1", NO_COLOR: "1" } }, "help")).stdout).not.toContain("\u001b");
  expect((await box.kWith({ env: { FORCE_COLOR: "1" } }, "--no-color", "help")).stdout).not.toContain("\u001b");
});

test("help of a task says all that its definition says, however it is asked for", async () => {
  await using box = await projectWithTasks({ "tasks/greet.ts": greet });
  const asked = await box.k("help", "greet");
  expect(asked.stdout).toBe(`Greet somebody

As one does.

Usage:
  k greet [flags] <tone> [names…]

Aliases:
  hi

Arguments:
  <tone>    How (kindly, loudly)
  [names…]  Whom

Flags:
  -t, --times N  How often

Runs before it:
  lint:bash

Runs behind, if they run:
  format

Must be there:
  git

Only on:
  linux, darwin

Asks first:
  Their quiet

Examples:
  k greet kindly Ada

Flags of k itself: \`k help\`. Defined in
${box.root}/tasks/greet.ts.
`);
  for (const words of [
    ["greet", "--help"],
    ["hi", "-h"],
    ["--help", "greet"],
    ["h", "hi"],
  ]) {
    expect((await box.k(...words)).stdout).toBe(asked.stdout);
  }
});

test.each([
  ["lnt", "did you mean lint?"],
  ["lint:pyhton", "did you mean lint:python"],
  ["pythn", "lint:python"],
  ["qwertz", "`k list` shows them all"],
])("an unknown task, %s, is told with those that may be meant", async (word, hint) => {
  await using box = await sandbox();
  for (const words of [["help", word], [word]]) {
    const { stdout, stderr, exitCode } = await box.k(...words);
    expect(stdout).toBe("");
    expect(stderr).toStartWith(`error: no task is called ${word}\nhint: `);
    expect(stderr).toContain(hint);
    expect(exitCode).toBe(2);
  }
});

test("help of several tasks is that of each, their names in one word or in parts; none of them runs", async () => {
  await using box = await projectWithTasks({ "tasks/greet.ts": taskFile("echo hello > said") });
  const one = await box.k("help", "greet");
  const other = await box.k("help", "hooks:install");
  const both = await box.k("help", "greet", "hooks", "install");
  expect(both.stdout).toBe(`${one.stdout}\n${other.stdout}`);
  expect(both.stderr).toBe("");
  expect(existsSync(join(box.root, "said"))).toBe(false);
});

test("every example is a command that k takes", async () => {
  const found = await discoverTasks([{ path: join(home, "tasks"), origin: "built-in" }], true);
  if (!found.ok) {
    throw new Error("the tasks cannot be read");
  }
  const { catalog } = found;
  const examples = catalog.all().flatMap(({ definition }) => definition.examples ?? []) as readonly string[];
  expect(examples.length).toBeGreaterThan(30);
  const refused = examples.filter((line) => {
    const command = /(?:^|[|(] ?)(?:\.\/)?k ((?:"[^"]*"|[^|>)])+)/.exec(line)?.[1] ?? "?";
    const words = [...command.trim().matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
    return !parseCommand(words, catalog, () => true).ok;
  });
  expect(refused).toEqual([]);
});

test("k list --json has what tasks need, what they hand down and what they lock", async () => {
  await using box = await sandbox();
  const tasks = new Map((await listed(box)).map((task) => [task.name, task]));
  expect(tasks.get("lint")?.needs).toEqual(["lint:*"]);
  expect(tasks.get("lint")?.inherit).toEqual(["lint:*"]);
  expect(tasks.get("lint:bash")?.locks.map(({ name }) => name)).toEqual(["files:shell"]);
});
