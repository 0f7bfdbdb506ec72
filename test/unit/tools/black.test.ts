import { expect, test } from "bun:test";
import { black } from "../../../lib/tools/black.ts";
import { folder, output, rewrite, testFixtures, testWith } from "./run-tool.ts";

testFixtures(black, "format");

testWith(black, "a project's own config changes nothing, and a line may have 100 columns", async () => {
  const long = `x = [${"1, ".repeat(31)}1]\n`;
  using project = folder({
    "a.py": `y = 'a'\n${long}`,
    "pyproject.toml": "[tool.black]\nline-length = 20\nskip-string-normalization = true\n",
  });
  expect((await rewrite(black, "format", project.path, ["a.py"])).texts["a.py"]).toBe(`y = "a"\n${long}`);
});

testWith(black, "files of any name, empty ones and stubs are formatted, and line endings stay", async () => {
  using project = folder({
    "-dash.py": "x=1\n",
    "two words.py": "x=1\r\n",
    "empty.py": "",
    script: "#!/usr/bin/env python3\nx=1\n",
    "stub.pyi": "def f(): ...\n\n\n\nx: int\n",
  });
  const { texts, findings } = await rewrite(black, "format", project.path, [
    "-dash.py",
    "two words.py",
    "empty.py",
    "script",
    "stub.pyi",
  ]);
  expect(texts).toEqual({
    "-dash.py": "x = 1\n",
    "two words.py": "x = 1\r\n",
    "empty.py": "",
    script: "#!/usr/bin/env python3\nx = 1\n",
    "stub.pyi": "def f(): ...\n\nx: int\n",
  });
  expect(findings.every(({ rule }) => rule === "format")).toBe(true);
});

test("what it says of files that it leaves is read, old and new", () => {
  const stderr = [
    "error: cannot format a.py: Cannot parse: 1:6: def f(:",
    "error: cannot format b c.py: Cannot parse for target version Python 3.12: 2:0: x = =",
    "error: cannot format d.py: invalid or missing encoding declaration",
    "",
  ].join("\n");
  expect(
    black.parse?.(output({ stderr, exitCode: 123 }))?.map(({ path, line, column, rule }) => [path, line, column, rule])
  ).toEqual([
    ["a.py", 1, 7, "syntax"],
    ["b c.py", 2, 1, "syntax"],
    ["d.py", 1, 1, "unreadable"],
  ]);
  expect(() => black.parse?.(output({ stderr: "Traceback\n" }))).toThrow("not a finding");
});
