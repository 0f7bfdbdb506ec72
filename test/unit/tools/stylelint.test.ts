import { expect, test } from "bun:test";
import { stylelint } from "../../../lib/tools/stylelint.ts";
import { ask, findingsOf, oddTexts, rewritten, testLibrary } from "./ask-worker.ts";
import { folder, outline } from "./run-tool.ts";

testLibrary(stylelint);

test("a style sheet that holds nothing is empty, and that is all", async () => {
  using place = folder(Object.fromEntries(Object.entries(oddTexts).map(([name, text]) => [`${name}.css`, text])));
  expect(new Set((await findingsOf({ tool: stylelint, root: place.path })).map(({ rule }) => rule))).toEqual(
    new Set(["no-empty-source"])
  );
});

test("stylelint counts columns in characters, behind a byte-order mark and with CRLF line ends too", async () => {
  using place = folder({ "a.css": '\uFEFFa {\r\n  content: "é😀"; foo: 1;\r\n}\r\n' });
  expect((await findingsOf({ tool: stylelint, root: place.path })).map(outline)).toEqual([
    { path: "a.css", line: 2, column: 18, rule: "property-no-unknown", severity: "error" },
  ]);
});

test("stylelint says where a rule is explained and what it can fix, without the rule's name in its words", async () => {
  using place = folder({ "a.css": "a {\n  color: #FFFFFF;\n}\n" });
  expect(await findingsOf({ tool: stylelint, root: place.path })).toEqual([
    {
      path: "a.css",
      rule: "color-hex-length",
      severity: "error",
      line: 2,
      column: 10,
      endLine: 2,
      endColumn: 17,
      message: 'Expected "#FFFFFF" to be "#FFF"',
      url: "https://stylelint.io/user-guide/rules/color-hex-length",
      fix: { safe: true },
    },
  ]);
});

test("stylelint looks at every file that it is given", async () => {
  const names = ["-dash.css", "[x] {y}.css", "node_modules/a/b.css", ".hidden/a.scss", "it's.css"];
  using place = folder(Object.fromEntries(names.map((name) => [name, "a { }\n"])));
  const found = await findingsOf({ tool: stylelint, root: place.path, files: names });
  expect(found.map(({ path, rule }) => [path, rule])).toEqual(names.toSorted().map((name) => [name, "block-no-empty"]));
});

test("stylelint's fix keeps the byte-order mark and CRLF line ends, and leaves what it cannot parse", async () => {
  expect(await rewritten(stylelint, "fix", "a.css", "\uFEFFa {\r\n  color: #FFFFFF;\r\n}\r\n")).toBe(
    "\uFEFFa {\r\n  color: #FFF;\r\n}\r\n"
  );
  expect(await rewritten(stylelint, "fix", "a.css", "a { color: #FFFFFF;\n")).toBe("a { color: #FFFFFF;\n");
  expect(await rewritten(stylelint, "fix", "a.scss", "// #FFFFFF\n$a: #FFFFFF;\n")).toBe("// #FFFFFF\n$a: #FFF;\n");
});

test("a rule that does not exist in a project's own config is an error, not silence", async () => {
  using place = folder({ "own.json": '{ "rules": { "color-hex-length": "no such option" } }\n', "a.css": "a { }\n" });
  const [answer] = await ask({ tool: stylelint, root: place.path, files: ["a.css"], config: `${place.path}/own.json` });
  expect(answer).toMatchObject({ path: "a.css", crash: expect.stringContaining("no such option") });
});
