import { expect, test } from "bun:test";
import type { FlakeInput, FlakeLock } from "../../../lib/nix/flake-lock.ts";
import { changesJson, changeTable, lockChanges } from "../../../lib/nix/lock-change.ts";

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`);

function input(name: string, date: string, revision: string | undefined, hash?: string): FlakeInput {
  return { name, modified: day(date), from: `github:a/${name}`, revision, hash };
}

function lock(...inputs: readonly FlakeInput[]): FlakeLock {
  return { state: "read", inputs, nested: [] };
}

const before = lock(
  input("gone", "2025-01-01", "1".repeat(40)),
  input("local", "2026-01-01", undefined, "sha256-AAAAAAAAAAAA"),
  input("nixpkgs", "2025-12-01", `abcdef0${"0".repeat(33)}`),
  input("systems", "2023-04-09", "2".repeat(40))
);
const after = lock(
  input("fresh", "2026-01-10", "3".repeat(40)),
  input("local", "2026-01-01", undefined, "sha256-BBBBBBBBBBBB"),
  input("nixpkgs", "2026-01-09", `fedcba9${"0".repeat(33)}`),
  input("systems", "2023-04-09", "2".repeat(40))
);

test("each input has a row: where it stood, where it stands, and how old that is", () => {
  expect(changeTable(lockChanges(before, after), day("2026-01-10"))).toBe(
    [
      "fresh    new                 ->  2026-01-10 3333333  today",
      "gone     2025-01-01 1111111  ->  gone",
      "local    2026-01-01 AAAAAAA  ->  2026-01-01 BBBBBBB  9 days old",
      "nixpkgs  2025-12-01 abcdef0  ->  2026-01-09 fedcba9  1 day old",
      "systems  2023-04-09 2222222  ==  unchanged           1007 days old",
      "4 of 5 changed",
      "",
    ].join("\n")
  );
});

test("an input that comes from elsewhere has changed although its revision has not", () => {
  const moved = { ...input("nixpkgs", "2025-12-01", "1"), from: "github:b/nixpkgs" };
  const [change] = lockChanges(lock(input("nixpkgs", "2025-12-01", "1")), lock(moved));
  expect(change?.changed).toBe(true);
});

test("a first lock is all new, and a flake without inputs says so", () => {
  expect(
    lockChanges({ state: "missing" }, after).every(({ before: was, changed }) => was === undefined && changed)
  ).toBe(true);
  expect(changeTable(lockChanges(lock(), lock()), 0)).toBe("the flake has no inputs\n");
});

test("as JSON, days are dates and what there is not is null", () => {
  const { inputs } = JSON.parse(changesJson(lockChanges(before, after))) as { inputs: readonly unknown[] };
  expect(inputs[0]).toEqual({
    name: "fresh",
    changed: true,
    before: null,
    after: { from: "github:a/fresh", revision: "3".repeat(40), hash: null, date: "2026-01-10" },
  });
});
