import { expect, test } from "bun:test";
import { type Key, KeyReader } from "../../../lib/picker/keys.ts";

function shown(keys: readonly Key[]): string {
  return keys.map((key) => (key.kind === "text" ? JSON.stringify(key.text) : key.kind)).join(" ");
}

test.each([
  [["abc"], '"abc"'],
  [["a\rb"], '"a" accept "b"'],
  [["\u001b[A\u001b[B\u001bOA\u001bOB"], "up down up down"],
  [["\u0010\u000e\u0001\u0005\u0015\u0017"], "up down line-start line-end delete-line delete-word"],
  [["\u001b[H\u001b[F\u001b[1~\u001b[4~\u001b[5~\u001b[6~"], "first last first last page-up page-down"],
  [["\u001b[3~\u007f\u0008"], "delete delete-back delete-back"],
  // A modifier does not matter; what is not known does nothing.
  [["\u001b[1;5A\u001b[15~\u001b[?1;2c\u001bxb"], 'up "b"'],
  // In pieces.
  [["\u001b", "[", "A", "ü"], 'up "ü"'],
  // A paste is text, whatever is in it.
  [["\u001b[200~lint\r\n--fix\u0003\u001b[201~x"], '"lint --fix" "x"'],
  [["\u001b[200~li", "nt\u001b[20", "1~"], '"lint"'],
  [["\u0003"], "cancel"],
  [["\u001b\u001b[A"], "cancel up"],
  [["日本\u0000"], '"日本"'],
] as const)("%j is %s", (pieces, expected) => {
  const reader = new KeyReader();
  expect(shown(pieces.flatMap((piece) => [...reader.read(piece)]))).toBe(expected);
  expect(reader.isWaiting).toBe(false);
});

test("an ESC alone waits for what may follow, and leaves when nothing does", () => {
  const reader = new KeyReader();
  expect(reader.read("\u001b")).toEqual([]);
  expect(reader.isWaiting).toBe(true);
  expect(reader.giveUp()).toEqual([{ kind: "cancel" }]);
  expect(reader.isWaiting).toBe(false);
});
