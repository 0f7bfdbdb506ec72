import { expect, test } from "bun:test";
import { codePointColumnOfUtf16 } from "../../../lib/core/columns.ts";

test.each([
  ["abc", 1, 1],
  ["abc", 4, 4],
  ["abc", 9, 9],
  ["", 1, 1],
  ["é!", 2, 2],
  ["😀!", 3, 2],
  ["😀😀!", 5, 3],
  ["a😀b😀c", 7, 5],
  ["😀", 2, 1],
  ["a😀", 3, 2],
  ["\uD83D!", 2, 2],
  ["😀", 9, 8],
])("in %j the UTF-16 column %d is the character %d", (line, utf16Column, expected) => {
  expect(codePointColumnOfUtf16(line, utf16Column)).toBe(expected);
});
