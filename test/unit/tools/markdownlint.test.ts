import { expect, test } from "bun:test";
import { markdownlint } from "../../../lib/tools/markdownlint.ts";
import { ask, findingsOf, oddTexts, rewritten, testLibrary } from "./ask-worker.ts";
import { folder, outline } from "./run-tool.ts";

testLibrary(markdownlint);

test("markdownlint finds nothing wrong with files that hold nothing", async () => {
  using place = folder(Object.fromEntries(Object.entries(oddTexts).map(([name, text]) => [`${name}.md`, text])));
  expect(await findingsOf({ tool: markdownlint, root: place.path })).toEqual([]);
});

test("markdownlint counts columns in characters and lines from the top of the file, front matter among them", async () => {
  using place = folder({ "a.md": "\uFEFF---\r\na: b\r\n---\r\n\r\n# 😀é github\r\n", "__proto__.md": "## x\n" });
  expect((await findingsOf({ tool: markdownlint, root: place.path })).map(outline)).toEqual([
    { path: "__proto__.md", line: 1, column: 1, rule: "MD041", severity: "error" },
    { path: "a.md", line: 5, column: 6, rule: "MD044", severity: "error" },
  ]);
});

test("markdownlint says what is meant, where it is explained, and what it can fix", async () => {
  using place = folder({ "a.md": "# Title\n\nOn github.\n" });
  expect(await findingsOf({ tool: markdownlint, root: place.path })).toEqual([
    {
      path: "a.md",
      rule: "MD044",
      severity: "error",
      line: 3,
      column: 4,
      endLine: 3,
      endColumn: 10,
      message: "Proper names should have the correct capitalization: Expected: GitHub; Actual: github",
      url: "https://github.com/DavidAnson/markdownlint/blob/v0.42.1/doc/md044.md",
      fix: { safe: true },
    },
  ]);
});

test("names in code, in HTML and in addresses are not prose", async () => {
  const text =
    '# Title\n\n`github` <https://github.com> <img alt="github" src="github.png">\n\n```sh\ngithub\n```\n\n[x y](github.md)\n';
  using place = folder({ "a.md": text, "github.md": "# Title\n" });
  expect(await findingsOf({ tool: markdownlint, root: place.path })).toEqual([]);
});

test("markdownlint's fix keeps the byte-order mark and CRLF line ends", async () => {
  expect(await rewritten(markdownlint, "fix", "a.md", "\uFEFF# On github:\r\n\r\nhttps://example.org")).toBe(
    "\uFEFF# On GitHub\r\n\r\n<https://example.org>\r\n"
  );
});

test.each([
  ["own.json", '{ "default": false, "MD034": true }'],
  ["own.yaml", "default: false\nMD034: true\n"],
  ["own.markdownlint-cli2.yaml", "config:\n  default: false\n  MD034: true\n"],
])("a project's own config may be %s", async (name, text) => {
  using place = folder({ [name]: text, "a.md": "## https://example.org\n" });
  const answers = await ask({ tool: markdownlint, root: place.path, files: ["a.md"], config: `${place.path}/${name}` });
  expect(answers).toMatchObject([{ path: "a.md", findings: [{ rule: "MD034" }] }]);
});
