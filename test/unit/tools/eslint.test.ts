import { expect, test } from "bun:test";
import { eslint } from "../../../lib/tools/eslint.ts";
import { ask, findingsOf, oddTexts, rewritten, testLibrary } from "./ask-worker.ts";
import { folder, outline } from "./run-tool.ts";

testLibrary(eslint);

test("eslint finds nothing wrong with files that hold nothing", async () => {
  using place = folder(Object.fromEntries(Object.entries(oddTexts).map(([name, text]) => [`${name}.ts`, text])));
  expect(await findingsOf({ tool: eslint, root: place.path })).toEqual([]);
});

test("eslint counts columns in characters, behind a byte-order mark and with CRLF line ends too", async () => {
  using place = folder({ "a.js": '\uFEFFexport const a = 1;\r\nexport const b = "😀é"; debugger;\r\n' });
  expect((await findingsOf({ tool: eslint, root: place.path })).map(outline)).toEqual([
    { path: "a.js", line: 2, column: 24, rule: "no-debugger", severity: "error" },
  ]);
});

test("eslint names the rule's page and says what it can fix", async () => {
  using place = folder({ "a.ts": "let a = 1;\nexport { a };\ntype _b = Function;\n" });
  const found = await findingsOf({ tool: eslint, root: place.path });
  expect(found.map(({ rule, url, fix }) => ({ rule, url, fix }))).toEqual([
    { rule: "prefer-const", url: "https://eslint.org/docs/latest/rules/prefer-const", fix: { safe: true } },
    {
      rule: "@typescript-eslint/no-unsafe-function-type",
      url: "https://typescript-eslint.io/rules/no-unsafe-function-type",
      fix: undefined,
    },
  ]);
});

test("eslint looks at every file that it is given, whatever it is called and wherever it lies", async () => {
  const text = "debugger;\n";
  const names = [
    "-dash.js",
    "[id].ts",
    "a b.mjs",
    "it's.cjs",
    "node_modules/x/index.js",
    ".hidden/.file.ts",
    "new\nline.js",
    "é😀.tsx",
  ];
  using place = folder(Object.fromEntries(names.map((name) => [name, text])));
  const found = await findingsOf({ tool: eslint, root: place.path, files: names });
  expect(found.map(({ path, rule }) => [path, rule])).toEqual(names.toSorted().map((name) => [name, "no-debugger"]));
});

test("eslint takes directives for rules of the project's own plugins as no fault", async () => {
  using place = folder({
    "a.js": "/* eslint their/rule: error */\n// eslint-disable-next-line other/rule -- why\nexport const a = 1;\n",
  });
  expect(await findingsOf({ tool: eslint, root: place.path })).toEqual([]);
});

test("one file that cannot be parsed does not silence the others", async () => {
  using place = folder({ "a.ts": "const = ;\n", "b.ts": "debugger;\n", "c.js": "const = ;\n", "d.js": "debugger;\n" });
  expect((await findingsOf({ tool: eslint, root: place.path })).map(({ path, rule }) => [path, rule])).toEqual([
    ["a.ts", "syntax"],
    ["b.ts", "no-debugger"],
    ["c.js", "syntax"],
    ["d.js", "no-debugger"],
  ]);
});

test("eslint's fix keeps the byte-order mark and CRLF line ends", async () => {
  expect(await rewritten(eslint, "fix", "a.js", "\uFEFFvar a = 1;\r\nexport { a };\r\n")).toBe(
    "\uFEFFconst a = 1;\r\nexport { a };\r\n"
  );
  expect(await rewritten(eslint, "fix", "a.js", "var = 1;\n")).toBe("var = 1;\n");
});

test("a project's own config is the one that counts when it is named", async () => {
  using place = folder({
    "own.config.mjs": 'export default [{ rules: { "no-var": "warn" } }];\n',
    "a.js": "var a = 1; debugger;\n",
  });
  const answers = await ask({
    tool: eslint,
    root: place.path,
    files: ["a.js"],
    config: `${place.path}/own.config.mjs`,
  });
  expect(answers).toMatchObject([{ path: "a.js", findings: [{ rule: "no-var", severity: "warning" }] }]);
});
