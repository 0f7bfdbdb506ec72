import { expect, test } from "bun:test";
import { type Inputs, lightFiles } from "../../../lib/build/light-files.ts";

const gate = "lib/cli/source-gate.ts";

function inputs(edges: Readonly<Record<string, readonly string[]>>): Inputs {
  return Object.fromEntries(
    Object.entries({ [gate]: ["lib/gate-part.ts"], "lib/gate-part.ts": [], ...edges }).map(([path, targets]) => [
      path,
      { imports: targets.map((target) => ({ path: target })) },
    ])
  );
}

const always = [gate, "lib/gate-part.ts"];

test("what a start leads to is light up to the modules that import the gate, whose own parts are light too", () => {
  const given = inputs({
    start: ["a", "node:fs", "path", "bun:sqlite"],
    a: ["b", "run"],
    b: ["a"],
    run: [gate, "heavy"],
    heavy: ["b", "more"],
    more: [],
  });
  expect(lightFiles(given, ["start"])).toEqual(["a", "b", ...always, "run", "start"]);
});

test("a file behind the gate that light code leads to as well is light", () => {
  const given = inputs({ start: ["run", "shared"], run: [gate, "shared"], shared: ["deep"], deep: [] });
  expect(lightFiles(given, ["start"])).toEqual(["deep", ...always, "run", "shared", "start"]);
});

test("a way to what is no file that went in is an error: something would be overlooked", () => {
  expect(() => lightFiles(inputs({ start: ["./chunk-1.js"] }), ["start"])).toThrow("./chunk-1.js");
});
