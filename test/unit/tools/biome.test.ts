import { expect, test } from "bun:test";
import { join } from "node:path";
import type { ToolFinding, ToolOutput } from "../../../lib/core/tool.ts";
import { biome } from "../../../lib/tools/biome.ts";
import { parseBiome } from "../../../lib/tools/parsers/biome.ts";
import { biomeSafeFixes } from "../../../lib/tools/tables/biome-safe-fixes.ts";
import { expectedOf, filesBelow, hostileCopy } from "./ask-worker.ts";
import { check, fixtures, folder, home, outline, rewrite, run } from "./run-tool.ts";

const good = join(fixtures, "biome/good");
const bad = join(fixtures, "biome/bad");

test("biome finds nothing in its good fixture, and would format none of it", async () => {
  expect(await check(biome, good, filesBelow(good))).toEqual([]);
  expect((await rewrite(biome, "format", good, filesBelow(good))).findings).toEqual([]);
});

test("biome finds in its bad fixture what its expectation file says", async () => {
  expect((await check(biome, bad, filesBelow(bad))).map(outline) as unknown).toEqual(expectedOf(biome).bad);
  expect((await rewrite(biome, "format", bad, filesBelow(bad))).findings.map(outline) as unknown).toEqual(
    expectedOf(biome).format
  );
});

test("biome is not changed by what a project says", async () => {
  using copy = hostileCopy(biome);
  expect((await check(biome, copy.root, copy.files)).map(outline) as unknown).toEqual(expectedOf(biome).bad);
  expect((await rewrite(biome, "format", copy.root, copy.files)).findings.map(outline) as unknown).toEqual(
    expectedOf(biome).format
  );
});

test("biome names the rule's page and says what it can fix", async () => {
  using place = folder({ "a.ts": "let a = 1;\nif (a == 2) a.b();\n" });
  const found = await check(biome, place.path, ["a.ts"]);
  expect(found.map(({ rule, url, fix }) => ({ rule, url, fix }))).toEqual([
    { rule: "lint/style/useConst", url: "https://biomejs.dev/linter/rules/use-const", fix: { safe: true } },
    {
      rule: "lint/suspicious/noDoubleEquals",
      url: "https://biomejs.dev/linter/rules/no-double-equals",
      fix: undefined,
    },
  ]);
});

test("biome looks at every file that it is given, whatever it is called", async () => {
  const names = [
    "-dash.js",
    "[id].ts",
    "a b.mjs",
    "it's.cjs",
    ".hidden/.file.ts",
    "new\nline.js",
    "dist/a.js",
    "é😀.tsx",
    "a,b:c%d.js",
  ];
  using place = folder(Object.fromEntries(names.map((name) => [name, "debugger;\n"])));
  const found = await check(biome, place.path, names);
  expect(found.map(({ path, rule }) => [path, rule])).toEqual(
    names.toSorted().map((name) => [name, "lint/suspicious/noDebugger"])
  );
});

test("a file of several megabytes is looked at like any other", async () => {
  using place = folder({ "big.js": `export const a = "${"x".repeat(3_000_000)}";\ndebugger;\n` });
  expect((await check(biome, place.path, ["big.js"])).map(outline)).toEqual([
    { path: "big.js", line: 2, column: 1, rule: "lint/suspicious/noDebugger", severity: "error" },
  ]);
});

test("biome counts columns in characters, behind a byte-order mark and with CRLF line ends too", async () => {
  using place = folder({
    "a.js": '\uFEFFexport const b = 1;\r\nexport const a = "é😀"; debugger;\r\n',
    "empty.js": "",
    "newline.js": "\n",
    "bom.js": "\uFEFF",
  });
  expect((await check(biome, place.path, ["a.js", "empty.js", "newline.js", "bom.js"])).map(outline)).toEqual([
    { path: "a.js", line: 2, column: 24, rule: "lint/suspicious/noDebugger", severity: "error" },
  ]);
});

test("biome's fix does what is safe and leaves the rest", async () => {
  using place = folder({ "a.ts": "let a = `x`;\nif (a == 2) debugger;\n", "broken.ts": "const = ;\n" });
  const { texts } = await rewrite(biome, "fix", place.path, ["a.ts", "broken.ts"]);
  expect(texts).toEqual({ "a.ts": 'const a = "x";\nif (a == 2) debugger;\n', "broken.ts": "const = ;\n" });
});

test("biome's formatter leaves what it cannot parse, says so once, and formats the rest", async () => {
  using place = folder({ "a.ts": "let a='x'", "broken.ts": "let a = ;\n" });
  const { texts, findings } = await rewrite(biome, "format", place.path, ["a.ts", "broken.ts"]);
  expect(texts).toEqual({ "a.ts": 'let a = "x";\n', "broken.ts": "let a = ;\n" });
  expect(findings.map(outline)).toEqual([
    { path: "a.ts", line: 1, column: 1, rule: "format", severity: "error" },
    { path: "broken.ts", line: 1, column: 9, rule: "parse", severity: "error" },
  ]);
});

const output = (stdout: string): ToolOutput => ({ stdout, stderr: "", exitCode: 1, root: "/r", files: ["a.js"] });

test("the report of biome 2.3, recorded from version 2.3.8, means the same", () => {
  const source = 'const s = "é😀"; debugger;\n';
  const diagnostic = {
    category: "lint/suspicious/noDebugger",
    severity: "error",
    description: "This is an unexpected use of the debugger statement.",
    message: [
      { elements: [], content: "This is an unexpected use of the " },
      { elements: ["Emphasis"], content: "debugger" },
      { elements: [], content: " statement." },
    ],
    advices: { advices: [{ log: ["info", [{ elements: [], content: "Unsafe fix: Remove debugger statement" }]] }] },
    verboseAdvices: { advices: [] },
    location: { path: { file: "a.js" }, span: [20, 29], sourceCode: source },
    tags: ["fixable"],
    source: null,
  };
  const expected: ToolFinding = {
    path: "a.js",
    rule: "lint/suspicious/noDebugger",
    severity: "error",
    line: 1,
    column: 17,
    endLine: 1,
    endColumn: 26,
    message: "This is an unexpected use of the debugger statement.",
    url: "https://biomejs.dev/linter/rules/no-debugger",
  };
  expect(parseBiome(output(JSON.stringify({ summary: {}, diagnostics: [diagnostic] })))).toEqual([expected]);
});

test.each([
  ["nothing", ""],
  ["words", "biome exited because the configuration resulted in errors\n"],
  ["no list", '{"summary":{}}'],
  [
    "a diagnostic without a place",
    '{"diagnostics":[{"severity":"error","category":"lint","message":"x","location":{"path":"a"}}]}',
  ],
  [
    "an unknown severity",
    '{"diagnostics":[{"severity":"awful","category":"lint","message":"x","location":{"path":"a","start":{"line":1,"column":1},"end":{"line":1,"column":1}}}]}',
  ],
  ["a report that is not whole", '{"summary":{"diagnosticsNotPrinted":3},"diagnostics":[]}'],
])("%s is no result", (_, stdout) => {
  expect(() => parseBiome(output(stdout))).toThrow();
});

test("the table of safe fixes says what biome itself says of each rule", async () => {
  const program = (await run(biome, { args: ["--version"], exits: [0] }, home, [])).stdout;
  expect(program).toContain(biome.version?.pinned ?? "no version");
  const names = [...biomeSafeFixes].map((rule) => rule.slice(rule.lastIndexOf("/") + 1));
  const bare = { ...biome };
  delete (bare as { config?: unknown }).config;
  for (const name of names) {
    const { stdout } = await run(bare, { args: ["explain", name], exits: [0] }, home, []);
    expect({ name, fix: /^- Fix: (\w+)/m.exec(stdout)?.[1] }).toEqual({ name, fix: "safe" });
  }
}, 60_000);
