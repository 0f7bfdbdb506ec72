import { expect, test } from "bun:test";
import { editDistance, nearest } from "../../../lib/core/suggest.ts";

test("distance counts inserts, deletes, replacements and swaps of neighbours", () => {
  const cases: readonly [a: string, b: string, distance: number][] = [
    ["", "", 0],
    ["lint", "lint", 0],
    ["lnt", "lint", 1],
    ["lint", "lnt", 1],
    ["lont", "lint", 1],
    ["ilnt", "lint", 1],
    ["", "abc", 3],
    ["kitten", "sitting", 3],
  ];
  for (const [a, b, distance] of cases) {
    expect(editDistance(a, b)).toBe(distance);
  }
});

test("a suggestion is near enough to have been meant, or there is none", () => {
  const known = ["lint", "format", "format:check", "doctor"];
  const cases: readonly [word: string, name: string | undefined][] = [
    ["lnt", "lint"],
    ["fromat", "format"],
    ["format:chekc", "format:check"],
    ["docter", "doctor"],
    ["deploy", undefined],
    ["xy", undefined],
  ];
  for (const [word, name] of cases) {
    expect(nearest(word, known)).toBe(name);
  }
});
