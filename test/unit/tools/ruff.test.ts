import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ruff } from "../../../lib/tools/ruff.ts";
import { isSafeRuffFix } from "../../../lib/tools/tables/ruff-safe-fixes.ts";
import { check, fixtureFiles, folder, moduleOf, rewrite, testFixtures } from "./run-tool.ts";

testFixtures(ruff, "check");

const fix = async (text: string, path = "a.py"): Promise<string> => {
  const module = await moduleOf(ruff);
  return (await module.fix?.({ path, text, kind: "python", root: "/shop" })) ?? "";
};

const format = async (text: string, path = "a.py"): Promise<string> => {
  const module = await moduleOf(ruff);
  return (await module.format?.({ path, text, kind: "python", root: "/shop" })) ?? "";
};

test("empty files are fine; carriage returns, byte-order marks and characters of many bytes are placed right", async () => {
  using project = folder({
    "bom.py": "\ufeffimport os\n",
    "crlf.py": "x = 1\r\nimport os\r\n",
    "empty.py": "",
    "line.py": "\n",
    "wide.py": 'a = "é𝒳"; b = missing\n',
  });
  const found = await check(ruff, project.path, ["bom.py", "crlf.py", "empty.py", "line.py", "wide.py"]);
  expect(found.map(({ path, line, column, endColumn, rule }) => [path, line, column, endColumn, rule])).toEqual([
    ["bom.py", 1, 8, 10, "F401"],
    ["crlf.py", 2, 1, 10, "E402"],
    ["crlf.py", 2, 8, 10, "F401"],
    ["wide.py", 1, 9, 10, "E702"],
    ["wide.py", 1, 15, 22, "F821"],
  ]);
});

const fixes: readonly (readonly [string, string, string])[] = [
  [
    "safe fixes are made until none is left",
    "import os, sys\nfrom typing import List\n\nx: List[str] = sys.argv\n",
    "import sys\n\nx: list[str] = sys.argv\n",
  ],
  ["unsafe ones are not", "if x == None:\n    y = dict(a=1)\n", "if x == None:\n    y = dict(a=1)\n"],
  [
    "a comment is never lost",
    "class A(\n    # why\n    object,\n):\n    x = 1\n",
    "class A(\n    # why\n    object,\n):\n    x = 1\n",
  ],
  ["what the fix may not touch stays, byte for byte", 'import os\r\n\r\ns = "é𝒳"\r\n', '\r\ns = "é𝒳"\r\n'],
  ["a byte-order mark stays", "\ufeffimport os\nx = 1\n", "\ufeffx = 1\n"],
  ["a file with a syntax error stays", "import os\ndef f(:\n", "import os\ndef f(:\n"],
  [
    "two fixes that leave a block empty are not made at once",
    "def f():\n    import os\n    import sys\n",
    "def f():\n    pass\n",
  ],
  ["an attribute of another normal form is not written out", "y = getattr(x, 'ſ')\n", "y = getattr(x, 'ſ')\n"],
];

for (const [name, before, after] of fixes) {
  test(`fixing: ${name}`, async () => {
    expect(await fix(before)).toBe(after);
  });
}

test("what a package's __init__.py imports is left to people", async () => {
  expect(await fix("import os\n", "shop/__init__.py")).toBe("import os\n");
  const module = await moduleOf(ruff);
  const found = await module.check?.({ path: "shop/__init__.py", text: "import os\n", kind: "python", root: "/shop" });
  expect(found?.map(({ rule, fix: mended }) => [rule, mended])).toEqual([["F401", { safe: false }]]);
});

test("a finding says `safe` exactly where `--fix` mends it", async () => {
  const { root, files } = fixtureFiles(ruff, "bad");
  const before = await check(ruff, root, files);
  const { texts } = await rewrite(ruff, "fix", root, files);
  using fixed = folder(texts);
  const after = await check(ruff, fixed.path, files);
  expect(before.some((finding) => finding.fix?.safe === true)).toBe(true);
  expect(after.filter((finding) => finding.fix?.safe === true)).toEqual([]);
  expect(after.map(({ rule }) => rule).toSorted()).toEqual(
    before
      .filter((finding) => finding.fix?.safe !== true && finding.rule !== "UP035")
      .map(({ rule }) => rule)
      .toSorted()
  );
});

test("safe fixes are listed rule by rule", () => {
  expect(isSafeRuffFix("F401", "a.py", "")).toBe(true);
  expect(isSafeRuffFix("F841", "a.py", "")).toBe(false);
  expect(isSafeRuffFix("UP008", "a.py", "super(A, self)")).toBe(true);
  expect(isSafeRuffFix("UP008", "a.py", "super(A, # why\n self)")).toBe(false);
});

test("the formatter keeps line endings, marks and empty files, and leaves stubs as they are", async () => {
  expect(await format("x = 'a'\r\ny=1\r\n")).toBe('x = "a"\r\ny = 1\r\n');
  expect(await format("\ufeffx=1\n")).toBe("\ufeffx = 1\n");
  expect(await format("")).toBe("");
  expect(await format("def f():   ...\n", "a.pyi")).toBe("def f():   ...\n");
  expect(await format(`x = [${"1, ".repeat(31)}1]\n`)).toBe(`x = [${"1, ".repeat(31)}1]\n`);
  await expect(format('s = "é𝒳" = =\n')).rejects.toMatchObject({ name: "SyntaxFault", line: 1, column: 12 });
});

test("the formatter's result is final, and what it writes has no style finding left", async () => {
  const text = readFileSync(join(fixtureFiles(ruff, "bad").root, "untidy.py"), "utf8");
  const once = await format(await fix(text));
  expect(await format(once)).toBe(once);
  expect(await fix(once)).toBe(once);
});
