import { expect, test } from "bun:test";
import { lockedNames, parseFlakeLock } from "../../../lib/nix/flake-lock.ts";

const node = (original: object, lastModified?: number): object => ({
  locked: lastModified === undefined ? {} : { lastModified, rev: "abc" },
  original,
});

test("the inputs of the root are read by name; those that follow another are not its own", () => {
  const lock = {
    version: 7,
    root: "root",
    nodes: {
      root: { inputs: { utils: "utils", nixpkgs: "nixpkgs_2", local: "local", tools: ["utils", "tools"] } },
      nixpkgs: node({ type: "github", owner: "a", repo: "of-another-input" }, 1),
      nixpkgs_2: node({ type: "github", owner: "NixOS", repo: "nixpkgs", ref: "nixos-25.11" }, 1_766_188_800),
      utils: node({ type: "indirect", id: "flake-utils" }, 2),
      local: node({ type: "path", path: "./local" }),
    },
  };
  expect(parseFlakeLock(JSON.stringify(lock))).toEqual({
    state: "read",
    inputs: [
      { name: "local", modified: undefined, from: "path:./local", revision: undefined, hash: undefined },
      {
        name: "nixpkgs",
        modified: 1_766_188_800_000,
        from: "github:NixOS/nixpkgs/nixos-25.11",
        revision: "abc",
        hash: undefined,
      },
      { name: "utils", modified: 2000, from: "indirect:flake-utils", revision: "abc", hash: undefined },
    ],
    nested: [],
  });
});

test.each([
  ["", "it is not JSON"],
  ["[]", "it is not a lock of Nix"],
  ['{"root": 1, "nodes": {}}', "it is not a lock of Nix"],
  ['{"root": "root", "nodes": null}', "it is not a lock of Nix"],
])("%j is no lock", (text, why) => {
  expect(parseFlakeLock(text)).toEqual({ state: "unreadable", why });
});

test("nothing in a lock steers the terminal, and a time that no calendar has is none", () => {
  const inputs = '{"n\\u001b[2J": "a"}';
  const a =
    '{"locked": {"lastModified": 1e999}, "original": {"type": "github", "owner": "\\u001b[31m", "repo": "b\\u0007"}}';
  expect(parseFlakeLock(`{"root": "root", "nodes": {"root": {"inputs": ${inputs}}, "a": ${a}}}`)).toEqual({
    state: "read",
    inputs: [{ name: "n", modified: undefined, from: "github:/b ", revision: undefined, hash: undefined }],
    nested: [],
  });
});

test("a lock without inputs has none", () => {
  expect(parseFlakeLock('{"root": "root", "nodes": {"root": {}}}')).toEqual({ state: "read", inputs: [], nested: [] });
});

test("inputs of inputs are known by their paths, each once although several ways lead there", () => {
  const lock = {
    root: "root",
    nodes: {
      root: { inputs: { a: "a", b: "b" } },
      a: { inputs: { deep: "deep", b: ["b"] } },
      b: { inputs: { deep: "deep", deeper: "deeper" } },
      deep: { inputs: { a: "a" } },
      deeper: {},
    },
  };
  const parsed = parseFlakeLock(JSON.stringify(lock));
  expect(parsed.state === "read" && lockedNames(parsed)).toEqual(["a", "b", "a/deep", "b/deeper"]);
});
