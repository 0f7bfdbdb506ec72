import { expect, test } from "bun:test";
import { gitPath } from "../../../lib/git/path-bytes.ts";
import { folderOf, isOdd, nulList, pathBytes, pathText, under } from "../../../lib/hooks/path-text.ts";

const paths: readonly (readonly [name: string, bytes: readonly number[], text: string, odd: boolean])[] = [
  ["ASCII", [0x61, 0x2f, 0x62], "a/b", false],
  ["two bytes", [0xc3, 0xbc], "ü", false],
  ["four bytes", [0xf0, 0x9f, 0x98, 0x80], "\u{1f600}", false],
  ["a byte that begins nothing", [0x61, 0xff, 0x62], "a\udcffb", true],
  ["a character that is cut off", [0xe6, 0x97], "\udce6\udc97", true],
  ["a whole one beside half of one", [0xc3, 0xbc, 0xc3, 0x2f], "ü\udcc3/", true],
  ["a surrogate in UTF-8", [0xed, 0xb3, 0xbf], "\udced\udcb3\udcbf", true],
  ["an overlong slash", [0xc0, 0xaf], "\udcc0\udcaf", true],
  ["a byte-order mark", [0xef, 0xbb, 0xbf, 0x61], "\ufeffa", false],
  ["nothing", [], "", false],
];

for (const [name, bytes, text, odd] of paths) {
  test(`a path with ${name} comes back from its text byte for byte`, () => {
    const path = pathText(gitPath(Uint8Array.from(bytes)));
    expect([path, isOdd(path)]).toEqual([text, odd]);
    expect([...pathBytes(path)]).toEqual([...bytes]);
  });
}

test("a path below a folder is bytes only where it must be", () => {
  expect(under("/top", "a/ü")).toBe("/top/a/ü");
  expect(under("/top", "\udcff")).toEqual(Buffer.from([0x2f, 0x74, 0x6f, 0x70, 0x2f, 0xff]));
});

test("the folder of a path keeps its bytes", () => {
  expect(["a", "a/b", "a\udcff/b/c"].map(folderOf)).toEqual([".", "a", "a\udcff/b"]);
});

test("a list for git has a NUL behind each path", () => {
  expect([...nulList(["a", "\udcff"])]).toEqual([0x61, 0, 0xff, 0]);
});
