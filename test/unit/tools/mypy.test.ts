import { expect, test } from "bun:test";
import { mypy } from "../../../lib/tools/mypy.ts";
import { moduleGroups } from "../../../lib/tools/parsers/mypy-modules.ts";
import { check, folder, output, testFixtures, testWith } from "./run-tool.ts";

testFixtures(mypy, "check");

const wrong = 'number: int = "text"\n';

testWith(
  mypy,
  "files of any name are checked, each in a group where its module is the only one of its name",
  async () => {
    const names = ["-dash.py", "a/util.py", "b/util.py", "script", "two words.py", "ünï𝒳.py"];
    using project = folder(Object.fromEntries(names.map((name) => [name, wrong])));
    const found = await check(mypy, project.path, names);
    expect(found.map(({ path, line, column, endColumn, rule }) => [path, line, column, endColumn, rule])).toEqual(
      names.map((name) => [name, 1, 15, 21, "assignment"])
    );
  }
);

testWith(mypy, "a project's own config and MYPYPATH change nothing", async () => {
  const off = "[mypy]\nignore_errors = True\n";
  using project = folder({
    "a.py": wrong,
    "mypy.ini": off,
    ".mypy.ini": off,
    "setup.cfg": off,
    "pyproject.toml": "[tool.mypy]\nignore_errors = true\n",
  });
  expect((await check(mypy, project.path, ["a.py"])).map(({ rule }) => rule)).toEqual(["assignment"]);
});

testWith(mypy, "it is told to keep its cache out of the project", async () => {
  using project = folder({ "a.py": "" });
  expect(await check(mypy, project.path, ["a.py"])).toEqual([]);
  expect([...new Bun.Glob("**").scanSync({ cwd: project.path, dot: true })]).toEqual(["a.py"]);
});

testWith(mypy, "empty files, carriage returns and characters of many bytes are placed right", async () => {
  using project = folder({
    "crlf.py": 'x: int = "s"\r\n',
    "empty.py": "",
    "line.py": "\n",
    "wide.py": 'a = "é𝒳"; b: int = "s"\n',
  });
  const found = await check(mypy, project.path, ["crlf.py", "empty.py", "line.py", "wide.py"]);
  expect(found.map(({ path, line, column, rule }) => [path, line, column, rule])).toEqual([
    ["crlf.py", 1, 10, "assignment"],
    ["wide.py", 1, 20, "assignment"],
  ]);
});

testWith(mypy, "a syntax error is a finding", async () => {
  using project = folder({ "a.py": "def f(:\n" });
  expect(
    (await check(mypy, project.path, ["a.py"])).map(({ path, line, column, rule }) => [path, line, column, rule])
  ).toEqual([["a.py", 1, 8, "syntax"]]);
  expect(mypy.stopsAtSyntax).toBe(true);
});

testWith(mypy, "a file that it cannot decode, and one that hides a module of its own, are findings", async () => {
  using project = folder({ "odd.py": new Uint8Array([0x78, 0xff, 0x0a]) });
  expect((await check(mypy, project.path, ["odd.py"])).map(({ path, rule }) => [path, rule])).toEqual([
    ["odd.py", "unreadable"],
  ]);
  using other = folder({ "typing.py": "" });
  expect((await check(mypy, other.path, ["typing.py"])).map(({ path, rule }) => [path, rule])).toEqual([
    ["typing.py", "shadows"],
  ]);
});

test("files with the same module name are not put in one group", () => {
  const files = [
    "a/util.py",
    "b/util.py",
    "pkg/__init__.py",
    "pkg/util.py",
    "pkg/sub/__init__.py",
    "pkg/sub/util.py",
    "util.pyi",
    "stand/pkg/util.py",
  ];
  expect(moduleGroups(files)).toEqual([
    ["a/util.py", "pkg/__init__.py", "pkg/util.py", "pkg/sub/__init__.py", "pkg/sub/util.py"],
    ["b/util.py"],
    ["util.pyi"],
    ["stand/pkg/util.py"],
  ]);
  expect(moduleGroups([])).toEqual([]);
});

test("notes are joined to the error above them or stand alone", () => {
  const stdout = [
    "a.py:1:1:1:4: error: Function is odd  [no-untyped-def]",
    "a.py:1:1:1:4: note: Use something else",
    "a.py:1:1:1:4: note: See https://example.org",
    'a.py:3:5:3:6: note: Revealed type is "builtins.int"',
    'b.py: error: Duplicate module named "b" (also at "c/b.py")',
    "b.py:7: error: no column [here]",
    "",
  ].join("\n");
  expect(mypy.parse?.(output({ stdout, exitCode: 1 }))).toEqual([
    {
      path: "a.py",
      rule: "no-untyped-def",
      severity: "error",
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 5,
      message: "Function is odd; Use something else",
      url: "https://mypy.readthedocs.io/en/stable/_refs.html#code-no-untyped-def",
    },
    {
      path: "a.py",
      rule: "note",
      severity: "info",
      line: 3,
      column: 5,
      endLine: 3,
      endColumn: 7,
      message: 'Revealed type is "builtins.int"',
    },
    {
      path: "b.py",
      rule: "",
      severity: "error",
      line: 1,
      column: 1,
      message: 'Duplicate module named "b" (also at "c/b.py")',
    },
    { path: "b.py", rule: "", severity: "error", line: 7, column: 1, message: "no column [here]" },
  ]);
});

test("lines that are not mypy's throw", () => {
  expect(() => mypy.parse?.(output({ stdout: "Traceback (most recent call last):\n", exitCode: 1 }))).toThrow(
    "not a finding"
  );
});
