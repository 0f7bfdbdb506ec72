import { expect, test } from "bun:test";
import { taplo } from "../../../lib/tools/taplo.ts";
import { findingsOf, oddTexts, rewritten, testLibrary } from "./ask-worker.ts";
import { folder, outline } from "./run-tool.ts";

testLibrary(taplo);
testLibrary(taplo, "format");

test.each([
  ["a=1\n", "a = 1\n"],
  ["\uFEFFa=1\r\nb=2\r\n", "\uFEFFa = 1\nb = 2\n"],
  ["a = [ 1,2, ] # why\n", "a = [1, 2] # why\n"],
  [`a = ["${"x".repeat(50)}", "${"y".repeat(50)}"]\n`, `a = [\n  "${"x".repeat(50)}",\n  "${"y".repeat(50)}",\n]\n`],
  ["b = 1\na = 2", "b = 1\na = 2\n"],
  ['"é😀"="é😀"\n', '"é😀" = "é😀"\n'],
  [
    "n=9223372036854775807\nf=nan\nd=1979-05-27T07:32:00Z\n",
    "n = 9223372036854775807\nf = nan\nd = 1979-05-27T07:32:00Z\n",
  ],
  ['s = """\r\na\r\n"""\r\n', 's = """\na\n"""\n'],
])("taplo formats %j", async (text, expected) => {
  expect(await rewritten(taplo, "format", "a.toml", text)).toBe(expected);
  expect(await rewritten(taplo, "format", "a.toml", expected)).toBe(expected);
});

test("a file without a line stays without one", async () => {
  expect(await rewritten(taplo, "format", "a.toml", "")).toBe("");
  expect(await rewritten(taplo, "format", "a.toml", "\uFEFF")).toBe("\uFEFF");
});

test.each([
  ["a = \n", "fault 1:5 invalid value"],
  ['a = "x\n', "fault 1:7 control characters are not allowed in strings"],
  ["[t]\na = 1\n[t]\n", "fault 3:2 trying to redefine an already defined table or value"],
  ['"é😀" = 1 b = 2\n', "fault 1:10 each key-value declaration must be followed by an end-of-line"],
])("taplo leaves what is no TOML as it is: %j", async (text, fault) => {
  expect(await rewritten(taplo, "format", "a.toml", text)).toBe(fault);
});

test("what the formatter would break, since it knows TOML 1.0 only, is left as it is", async () => {
  const text = "a = 1\nt = {\n  b = 1\n}\n";
  expect(await rewritten(taplo, "format", "a.toml", text)).toStartWith(
    "fault 2:1 taplo would change what this file means"
  );
});

test("a file that names a schema is checked without the network", async () => {
  using place = folder({
    "a.toml": '#:schema https://schema.invalid/x.json\n"$schema" = "https://schema.invalid/y.json"\n',
  });
  expect(await findingsOf({ tool: taplo, root: place.path })).toEqual([]);
});

test("one file that is no TOML does not silence the others", async () => {
  using place = folder({ "a.toml": "a\n", "b.toml": "b = 1\n", "c.toml": "a = 1\r\na = 2\r\n" });
  expect((await findingsOf({ tool: taplo, root: place.path })).map(outline)).toEqual([
    { path: "a.toml", line: 1, column: 2, rule: "syntax", severity: "error" },
    { path: "c.toml", line: 2, column: 1, rule: "syntax", severity: "error" },
  ]);
});

test("taplo finds nothing wrong with files that hold nothing", async () => {
  using place = folder(Object.fromEntries(Object.entries(oddTexts).map(([name, text]) => [`${name}.toml`, text])));
  expect(await findingsOf({ tool: taplo, root: place.path })).toEqual([]);
});
