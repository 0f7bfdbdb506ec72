import { expect, test } from "bun:test";
import { columnsOf, wrap } from "../../../lib/cli/text-columns.ts";

const cases: readonly (readonly [name: string, text: string, width: number, lines: readonly string[]])[] = [
  ["a text that fits is a line", "one two", 7, ["one two"]],
  ["one that does not is broken between words", "one two", 6, ["one", "two"]],
  ["a word that is too wide stays whole", "incomprehensible", 5, ["incomprehensible"]],
  ["blanks count as one, and a break as a blank", "one  two\nthree\tfour", 40, ["one two three four"]],
  ["blanks at the end are a blank", "one ", 40, ["one "]],
  ["wide characters take two columns", "日本 語", 5, ["日本", "語"]],
  ["an empty text is an empty line", "", 10, [""]],
];

for (const [name, text, width, lines] of cases) {
  test(name, () => {
    expect(wrap(text, width)).toEqual([...lines]);
  });
}

test("rows are two columns, the second aligned", () => {
  const rows = [
    ["a", "words of more than a line are broken"],
    ["longer", "short"],
  ] as const;
  expect(columnsOf(rows, 34)).toEqual([
    "  a       words of more than a",
    "          line are broken",
    "  longer  short",
  ]);
});
