import { expect, test } from "bun:test";
import { lineEndsOf, withLineEndsOf } from "../../../lib/hooks/line-ends.ts";

const kinds: readonly (readonly [text: string, kind: string])[] = [
  ["", "none"],
  ["a", "none"],
  ["a\r", "none"],
  ["a\n", "lf"],
  ["\n", "lf"],
  ["a\r\nb", "crlf"],
  ["\r\n", "crlf"],
  ["a\r\nb\n", "mixed"],
  ["a\nb\r\n", "mixed"],
];

for (const [text, kind] of kinds) {
  test(`${JSON.stringify(text)} has ${kind} line ends`, () => {
    expect(lineEndsOf(Buffer.from(text))).toBe(kind as ReturnType<typeof lineEndsOf>);
  });
}

const pairs: readonly (readonly [ours: string, base: string, theirs: string, expected: readonly string[]])[] = [
  ["a\nb\n", "a\r\nc\r\n", "A\r\nc\r\n", ["a\nc\n", "A\nc\n"]],
  ["a\r\nb\r\n", "a\nc\n", "A\nc\n", ["a\r\nc\r\n", "A\r\nc\r\n"]],
  ["a\r\n", "b\n", "mixed\r\nends\n", ["b\r\n", "mixed\r\nends\r\n"]],
  ["a\nb\r\n", "a\nc\n", "A\n", ["a\nc\n", "A\n"]],
  ["a", "b\r\n", "c\r\n", ["b\r\n", "c\r\n"]],
  ["\xff\n", "\xfe\r\n", "\xfd\r\n", ["\xfe\n", "\xfd\n"]],
];

for (const [ours, base, theirs, expected] of pairs) {
  test(`beside ${JSON.stringify(ours)}, ${JSON.stringify(base)} and ${JSON.stringify(theirs)} become ${JSON.stringify(expected)}`, () => {
    const bytes = (text: string): Buffer => Buffer.from(text, "latin1");
    expect(withLineEndsOf(bytes(ours), bytes(base), bytes(theirs)).map((buffer) => buffer.toString("latin1"))).toEqual([
      ...expected,
    ]);
  });
}
