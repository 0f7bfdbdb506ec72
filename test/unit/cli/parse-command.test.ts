import { expect, test } from "bun:test";
import { parseCommand, type TaskNames } from "../../../lib/cli/parse-command.ts";
import { show } from "../../../lib/core/problem.ts";
import type { AnyTask, Task } from "../../../lib/core/task.ts";
import { parseTaskId, type TaskId } from "../../../lib/core/task-id.ts";

const definitions: Readonly<Record<string, AnyTask>> = {
  lint: {
    summary: "lint",
    aliases: ["l"],
    flags: { fix: { type: "boolean", summary: "" }, tool: { type: "list", value: "T", summary: "" } },
    args: { paths: { summary: "files", variadic: true, complete: "file" } },
    run() {},
  },
  format: { summary: "format", args: { paths: { summary: "files", variadic: true } }, run() {} },
  help: { summary: "help", args: { task: { summary: "a task", complete: "task" } }, run() {} },
  config: { summary: "config", args: { action: { summary: "what", choices: ["show", "schema"] } }, run() {} },
  ship: { summary: "ship", run() {} },
  "ship:fast": { summary: "ship fast", flags: { now: { type: "boolean", summary: "" } }, run() {} },
  "ship:fast:twice": { summary: "ship fast, twice", args: { where: { summary: "where" } }, run() {} },
  "format:fast": { summary: "format fast", run() {} },
  new: { summary: "new", args: { name: { summary: "its name", required: true } }, run() {} },
};

const tasks = new Map(
  Object.entries(definitions).map(([name, definition]): [string, Task] => {
    const id = parseTaskId(name) as TaskId;
    return [name, { id, definition, file: `${name}.ts`, origin: "built-in" }];
  })
);

const names: TaskNames = {
  get: (id) => tasks.get(id),
  ids: () => [...tasks.values()].map(({ id }) => id),
  resolve: (word) =>
    tasks.get(word) ?? [...tasks.values()].find(({ definition }) => definition.aliases?.includes(word)),
  words: () => [...tasks.keys(), "l"],
};

const parse = (line: string) => {
  const parsed = parseCommand(line === "" ? [] : line.split(" "), names);
  if (!parsed.ok) {
    throw new Error(parsed.problems.map((problem) => show(problem).message).join("; "));
  }
  return parsed.command;
};

test("words become tasks and what belongs to them", () => {
  const cases: readonly [line: string, requests: readonly (readonly [string, readonly string[], object])[]][] = [
    ["", []],
    ["lint", [["lint", [], {}]]],
    ["l src", [["lint", ["src"], {}]]],
    ["lint --fix src a.ts", [["lint", ["src", "a.ts"], { fix: true }]]],
    ["lint --tool ship src", [["lint", ["src"], { tool: ["ship"] }]]],
    ["-j 4 lint", [["lint", [], {}]]],
    [
      "lint format",
      [
        ["lint", [], {}],
        ["format", [], {}],
      ],
    ],
    ["lint ./format", [["lint", ["./format"], {}]]],
    [
      "ship lint --fix",
      [
        ["ship", [], {}],
        ["lint", [], { fix: true }],
      ],
    ],
    ["help lint", [["help", ["lint"], {}]]],
    ["config schema", [["config", ["schema"], {}]]],
    [
      "new lint ship",
      [
        ["new", ["lint"], {}],
        ["ship", [], {}],
      ],
    ],
  ];
  for (const [line, requests] of cases) {
    expect(parse(line).requests.map(({ id, words, flags }) => [id, words, flags] as const)).toEqual(requests as never);
  }
});

test("a word that names both a file and a task is the file for a task that takes files", () => {
  const command = parseCommand(["lint", "format", "ship"], names, (word) => word === "format");
  expect(command.ok && command.command.requests.map(({ id, words }) => [id as string, words])).toEqual([
    ["lint", ["format"]],
    ["ship", []],
  ]);
  const ship = parseCommand(["ship", "lint"], names, () => true);
  expect(ship.ok && ship.command.requests.map(({ id }) => id as string)).toEqual(["ship", "lint"]);
});

test("behind a task without arguments a word may name one below it", () => {
  const cases: readonly [line: string, requests: readonly (readonly [string, readonly string[], object])[]][] = [
    ["ship fast --now", [["ship:fast", [], { now: true }]]],
    ["ship fast twice here", [["ship:fast:twice", ["here"], {}]]],
    ["ship:fast twice", [["ship:fast:twice", [], {}]]],
    ["format fast", [["format", ["fast"], {}]]],
    [
      "lint ship fast",
      [
        ["lint", [], {}],
        ["ship:fast", [], {}],
      ],
    ],
  ];
  for (const [line, requests] of cases) {
    expect(parse(line).requests.map(({ id, words, flags }) => [id, words, flags] as const)).toEqual(requests as never);
  }
});

test("flags of k itself stand before or behind the task", () => {
  expect(parse("--jobs 3 lint").global).toEqual({ jobs: 3 });
  expect(parse("lint -j3 -q").global).toEqual({ jobs: 3, quiet: true });
});

test("all behind -- goes to the last task", () => {
  expect(parse("ship lint a -- --fix b").requests.map(({ id, words, rest }) => [id, words, rest])).toEqual([
    ["ship" as TaskId, [], []],
    ["lint" as TaskId, ["a"], ["--fix", "b"]],
  ]);
});

test("wrong use is said with the nearest name", () => {
  const cases: readonly [line: string, message: string, hint?: string][] = [
    ["lnt", "no task is called lnt", "did you mean lint?"],
    ["zzz", "no task is called zzz", "`k list` shows them all"],
    ["lint --fxi", "`lint` has no flag --fxi", "did you mean --fix?"],
    ["lint --nope", "`lint` has no flag --nope", "`k lint --help` shows how it is called"],
    ["ship lnt", "no task is called lnt", "did you mean lint?"],
    ["ship ./x", "`ship` does not take `./x`", "`k ship --help` shows how it is called"],
    [
      "config shwo",
      "`config` cannot take `shwo` as action: it takes one of show, schema",
      "`k config --help` shows how it is called",
    ],
    ["new", "`new` needs name: its name", "`k new --help` shows how it is called"],
  ];
  for (const [line, message, hint] of cases) {
    const parsed = parseCommand(line.split(" "), names);
    if (parsed.ok || parsed.problems[0] === undefined) {
      throw new Error(`no problem with ${line}`);
    }
    const shown = show(parsed.problems[0]);
    expect([shown.message, shown.hint]).toEqual([message, hint]);
  }
});

test("--help asks for no argument", () => {
  expect(parse("new --help").global.help).toBe(true);
});
