import { expect, test } from "bun:test";
import { htmlhint } from "../../../lib/tools/htmlhint.ts";
import { findingsOf, oddTexts, testLibrary } from "./ask-worker.ts";
import { folder, outline } from "./run-tool.ts";

testLibrary(htmlhint);

test("a page that holds nothing lacks its doctype, and that is all", async () => {
  using place = folder(Object.fromEntries(Object.entries(oddTexts).map(([name, text]) => [`${name}.html`, text])));
  expect((await findingsOf({ tool: htmlhint, root: place.path })).map(({ rule }) => rule)).toEqual(
    Object.keys(oddTexts).map(() => "doctype-first")
  );
});

test("htmlhint counts columns in characters, behind a byte-order mark and with CRLF line ends too", async () => {
  using place = folder({ "a.html": "\uFEFF<!doctype html>\r\n<p>é😀 & < b</p>\r\n" });
  expect((await findingsOf({ tool: htmlhint, root: place.path })).map(outline)).toEqual([
    { path: "a.html", line: 2, column: 9, rule: "spec-char-escape", severity: "error" },
  ]);
});

test("a comment that changes the rules does so for its own file alone", async () => {
  using place = folder({
    "a.html": "<!-- htmlhint doctype-first:false -->\n<p></p>\n",
    "b.html": "<p></p>\n",
    "c.html": "<!-- htmlhint doctype-first:nonsense -->\n<p></p>\n",
  });
  expect((await findingsOf({ tool: htmlhint, root: place.path })).map(({ path, rule }) => [path, rule])).toEqual([
    ["b.html", "doctype-first"],
    ["c.html", "syntax"],
  ]);
});
