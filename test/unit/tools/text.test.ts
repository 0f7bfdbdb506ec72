import { expect, test } from "bun:test";
import { codePointColumn } from "../../../lib/core/columns.ts";
import { applyFixes, TextIndex } from "../../../lib/tools/text/edits.ts";

const columns: readonly (readonly [string, number, number])[] = [
  ["abc", 1, 1],
  ["abc", 3, 3],
  ["abc", 4, 4],
  ["abc", 6, 6],
  ["é𝒳x", 1, 1],
  ["é𝒳x", 2, 1],
  ["é𝒳x", 3, 2],
  ["é𝒳x", 7, 3],
  ["é𝒳x", 8, 4],
  ["\tx", 2, 2],
  ["", 1, 1],
  ["", 0, 1],
];

for (const [line, bytes, column] of columns) {
  test(`byte column ${bytes} of ${JSON.stringify(line)} is column ${column}`, () => {
    expect(codePointColumn(line, bytes)).toBe(column);
  });
}

const at = (line: number, column: number) => ({ line, column });

test("edits count code points, and lines end as they like", () => {
  const index = new TextIndex("é𝒳\r\nab\rcd\nef");
  expect(index.slice(at(1, 2), at(1, 3))).toBe("𝒳");
  expect(index.slice(at(2, 1), at(3, 1))).toBe("ab\r");
  expect(index.slice(at(4, 2), at(9, 9))).toBe("f");
});

test("fixes that touch each other are not both applied, and one is applied whole or not at all", () => {
  const index = new TextIndex("abcdef");
  const edit = (from: number, to: number, text: string) => ({ start: at(1, from), end: at(1, to), text });
  expect(applyFixes(index, [[edit(1, 2, "A")], [edit(4, 5, "D")]])).toBe("AbcDef");
  expect(applyFixes(index, [[edit(1, 3, "X")], [edit(2, 4, "Y")]])).toBe("Xcdef");
  expect(applyFixes(index, [[edit(1, 2, "A")], [edit(2, 3, "B")]])).toBe("Abcdef");
  expect(applyFixes(index, [[edit(1, 2, "A"), edit(6, 7, "F")], [edit(3, 4, "C")]])).toBe("AbcdeF");
  expect(applyFixes(index, [[edit(1, 1, ">")], []])).toBe(">abcdef");
  expect(applyFixes(index, [])).toBe("abcdef");
});
