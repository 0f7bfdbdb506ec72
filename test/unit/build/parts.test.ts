import { expect, test } from "bun:test";
import { gateModules, type Inputs, partsOf } from "../../../lib/build/parts.ts";

const { command, hook, run } = gateModules;

function inputs(edges: Readonly<Record<string, readonly string[]>>): Inputs {
  const always = { [command]: ["lib/gate"], [hook]: ["lib/gate"], [run]: ["lib/gate"], "lib/gate": [] };
  return Object.fromEntries(
    Object.entries({ ...always, ...edges }).map(([path, targets]) => [
      path,
      { imports: targets.map((target) => ({ path: target })) },
    ])
  );
}

/** By path, the gates that look at it. */
function gatesOf(
  edges: Parameters<typeof inputs>[0],
  folders: readonly string[] = []
): Readonly<Record<string, string>> {
  const given = inputs(edges);
  const parts = partsOf({ files: Object.keys(given), folders, inputs: given, entry: "lib/entry" });
  const pairs = parts.flatMap(({ gates, paths }) => paths.split("\n").map((path) => [path, gates.join(" ")] as const));
  expect(new Set(pairs.map(([path]) => path)).size).toBe(pairs.length);
  return Object.fromEntries(pairs);
}

test("each gate looks at what is behind it, up to the next; at the start at what comes before, and at the gates themselves", () => {
  const found = gatesOf({
    "lib/entry": ["lib/a", "node:fs", "path", "bun:sqlite"],
    "lib/a": ["lib/shared", "lib/command", "lib/hook", "lib/a"],
    "lib/command": [command, "lib/both", "lib/run"],
    "lib/hook": [hook, "lib/both", "lib/shared", "lib/run"],
    "lib/run": [run, "lib/heavy", "lib/both"],
    "lib/heavy": [],
    "lib/both": [],
    "lib/shared": ["lib/deep"],
    "lib/deep": [],
  });
  const start = ["lib/entry", "lib/a", "lib/shared", "lib/deep", "lib/gate", command, hook, run];
  expect(
    Object.keys(found)
      .filter((path) => found[path] === "start")
      .toSorted()
  ).toEqual(start.toSorted());
  const others = ["lib/command", "lib/hook", "lib/both", "lib/run", "lib/heavy"].map((path) => found[path]);
  expect(others).toEqual(["command run", "hook run", "command hook run", "run", "run"]);
});

test("a list rests on all tasks and what they are made of, a hook on all hooks, and neither on the others", () => {
  const found = gatesOf(
    {
      "lib/entry": ["lib/command", "lib/hook"],
      "lib/command": [command, "lib/host/built/modules.ts"],
      "lib/hook": [hook, "lib/host/built/modules.ts"],
      "lib/host/built/modules.ts": ["tasks/one.ts", "hooks/pre-push.ts"],
      "tasks/one.ts": ["lib/of-task"],
      "hooks/pre-push.ts": ["lib/of-hook"],
      "lib/of-task": [],
      "lib/of-hook": [],
      "package.json": [],
    },
    ["tasks", "tasks/more", "hooks", "lib/cli", "lib"]
  );
  for (const path of ["tasks/one.ts", "lib/of-task", "tasks", "tasks/more"]) {
    expect([path, found[path]]).toEqual([path, "command run"]);
  }
  for (const path of ["hooks/pre-push.ts", "lib/of-hook"]) {
    expect([path, found[path]]).toEqual([path, "hook run"]);
  }
  expect(found["hooks"]).toBe("command hook run");
  expect([found["package.json"], found["lib"], found["lib/cli"]]).toEqual(["start", "start", "run"]);
});

test("a way to what is no file that went in is an error: something would be overlooked", () => {
  expect(() => gatesOf({ "lib/entry": ["./chunk-1.js"] })).toThrow("./chunk-1.js");
});
