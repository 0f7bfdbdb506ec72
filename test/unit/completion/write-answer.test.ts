import { expect, test } from "bun:test";
import type { Answer } from "../../../lib/completion/answer.ts";
import { dequote, quoteForBash } from "../../../lib/completion/dequote.ts";
import { writeForBash, writeForFish, writeForZsh } from "../../../lib/completion/write-answer.ts";

test.each([
  ["plain", "plain", undefined],
  [String.raw`a\ b`, "a b", undefined],
  ["'a b", "a b", "'"],
  ['"a $b', "a $b", '"'],
  [String.raw`"a\"b\c`, String.raw`a"b\c`, '"'],
  [String.raw`'it'\''s'`, "it's", undefined],
  ["$(reboot)", "$(reboot)", undefined],
  ["end\\", "end", undefined],
] as const)("%s is the word %s", (raw, text, open) => {
  expect(dequote(raw)).toEqual(open === undefined ? { text } : { text, open });
});

test.each([
  "plain",
  "a b",
  "it's",
  'say "hi"',
  "$HOME",
  "`id`",
  "a;b&c|d",
  "~",
  "~/x",
  "#x",
  "*?[x]",
  "ünï",
  "{a,b}",
  "!x",
  "back\\slash",
])("bash reads %j again as it was, in whatever quotes it stands", async (value) => {
  for (const open of [undefined, "'", '"'] as const) {
    const word = `${open ?? ""}${quoteForBash(value, open)}${open ?? ""}`;
    const ran = Bun.spawn(["bash", "-c", `printf %s ${word}`], { env: { HOME: "/nowhere" }, stdout: "pipe" });
    expect(await ran.stdout.text()).toBe(value);
  }
});

const answer: Answer = {
  kept: "--tool=ruff,",
  typed: "e",
  candidates: [{ value: "eslint", description: "Finds\nmistakes" }, { value: "odd\nname" }, { value: "ruff" }],
};
const state = { raw: "--tool=ruff,e", before: "--tool=", lists: false, columns: 80 };

test("bash gets what follows the part that it has split off, and no name with a line end", () => {
  expect(writeForBash(answer, state)).toBe("words\ne\nruff,\nruff,eslint");
  expect(writeForBash(answer, { ...state, before: "" })).toBe("words\ne\n--tool=ruff,\n--tool=ruff,eslint");
});

test("bash is shown descriptions only where it lists, and only as wide as the window", () => {
  const two = {
    kept: "",
    typed: "",
    candidates: [
      { value: "a", description: "x".repeat(99) },
      { value: "bbb", description: "B" },
    ],
  };
  const shown = writeForBash(two, { raw: "", before: "", lists: true, columns: 30 });
  expect(shown.split("\n").slice(3)).toEqual([`a    (${"x".repeat(21)}…)`, "bbb  (B)"]);
  expect(writeForBash(two, { raw: "", before: "", lists: false, columns: 30 })).toBe("words\n\n\na\nbbb");
});

test("of very many tasks bash is offered one step at a time", () => {
  const below = Array.from({ length: 50 }, (_, index) => ({ value: `lint:t${index}` }));
  const many = {
    kept: "",
    typed: "",
    candidates: [{ value: "build" }, { value: "lint" }, ...below, { value: "nix:one" }],
  };
  const rows = (typed: string): readonly string[] =>
    writeForBash({ ...many, typed }, { raw: typed, before: "", lists: false, columns: 80 })
      .split("\n")
      .slice(3);
  expect(rows("")).toEqual(["build", "lint", "lint:", "nix:one"]);
  expect(rows("lint:").length).toBe(50);
});

test("zsh and fish get all values with descriptions, and match for themselves", () => {
  expect(writeForZsh(answer)).toBe("words\ne\n--tool=ruff,\n.\n-eslint\tFinds mistakes\n-ruff\t");
  expect(writeForFish(answer)).toBe("words\ne\n--tool=ruff,\n--tool=ruff,eslint\tFinds mistakes\n--tool=ruff,ruff\t");
});
