import { expect, test } from "bun:test";
import type { Key } from "../../../lib/picker/keys.ts";
import { type Entry, rank } from "../../../lib/picker/rank.ts";
import { pressed, startState } from "../../../lib/picker/state.ts";
import { view } from "../../../lib/picker/view.ts";

const entries: readonly Entry[] = [
  { name: "nix:qcow2:start", aliases: ["nqs"], summary: "Start the virtual machine" },
  { name: "lint", aliases: ["l"], summary: "Run all linters" },
  { name: "lint:python", aliases: [], summary: "Lint Python" },
  { name: "list", aliases: ["ls"], summary: "List all tasks" },
  { name: "größe:日本", aliases: [], summary: "Odd letters 日本語日本語日本語" },
  { name: "split", aliases: [], summary: "Splits" },
];

const bare = { strong: (text: string) => text, note: (text: string) => text, dim: (text: string) => text };

test.each([
  ["", ["nix:qcow2:start", "lint", "lint:python", "list", "größe:日本", "split"]],
  ["lint", ["lint", "lint:python"]],
  ["li", ["lint", "list", "lint:python", "split"]],
  ["lp", ["lint:python"]],
  ["nqs", ["nix:qcow2:start"]],
  ["ls", ["list"]],
  ["machine", ["nix:qcow2:start"]],
  ["py lint", ["lint:python"]],
  ["LINT", ["lint", "lint:python"]],
  ["日", ["größe:日本"]],
  ["zzz", []],
] as const)("%j finds %j", (query, expected) => {
  const found = rank(entries, query).map(({ entry }) => entry.name);
  expect(found.slice(0, expected.length)).toEqual([...expected]);
  expect(found.length >= expected.length && (expected.length > 0 || found.length === 0)).toBe(true);
});

function after(...keys: readonly (Key["kind"] | `=${string}`)[]): string {
  const state = keys.reduce(
    (before, key) =>
      pressed(before, key.startsWith("=") ? { kind: "text", text: key.slice(1) } : ({ kind: key } as Key), 3),
    startState(entries)
  );
  return `${state.query.slice(0, state.cursor)}|${state.query.slice(state.cursor)} ${state.found[state.chosen]?.entry.name ?? "-"}`;
}

test.each([
  [["down"], "| lint"],
  [["up"], "| split"],
  [["up", "down"], "| nix:qcow2:start"],
  [["page-down"], "| list"],
  [["page-down", "page-down"], "| split"],
  [["last", "page-up"], "| lint:python"],
  [["last", "first"], "| nix:qcow2:start"],
  [["down", "=li"], "li| lint"],
  [["=lx", "delete-back", "=i"], "li| lint"],
  [["=int", "line-start", "=l"], "l|int lint"],
  [["=a日", "left", "delete"], "a| nix:qcow2:start"],
  [["=a👩‍👩‍👧b", "left", "delete-back"], "a|b -"],
  [["=one two", "delete-word"], "one | -"],
  [["=one two", "left", "delete-line"], "|o lint:python"],
  [["=zzz", "down"], "zzz| -"],
] as const)("behind the keys %j stands %s", (keys, expected) => {
  expect(after(...keys)).toBe(expected);
});

test.each([
  [10, 2],
  [20, 3],
  [40, 10],
  [80, 24],
  [200, 50],
] as const)("no line is wider than %i columns, and there are no more than %i of them", (columns, rows) => {
  for (const query of ["", "li", "ein sehr langer Text, länger als die Zeile breit ist 日本語"]) {
    for (const chosen of ["first", "last"] as const) {
      const typed = pressed(startState(entries), { kind: "text", text: query }, 3);
      const { lines, column } = view(pressed(typed, { kind: chosen }, 3), columns, rows, bare);
      expect(lines.length).toBeLessThanOrEqual(rows);
      expect(lines.filter((line) => Bun.stringWidth(line) > columns)).toEqual([]);
      expect(column).toBeLessThan(columns);
      if (query === "") {
        expect(lines.filter((line) => line.startsWith(">")).length).toBe(1);
      }
    }
  }
});
