import { expect, test } from "bun:test";
import { bandit } from "../../../lib/tools/bandit.ts";
import { check, folder, output, testFixtures, testOddNames, testWith } from "./run-tool.ts";

testFixtures(bandit, "check");
testOddNames(bandit, ".py", "eval(x)\n");

testWith(bandit, "a project's own config changes nothing, and scripts in any folder are looked at", async () => {
  using project = folder({
    "tests/a.py": "eval(x)\n",
    script: "#!/usr/bin/env python3\neval(x)\n",
    ".bandit": "[bandit]\nskips = B307\nexclude = .\n",
    "tox.ini": "[bandit]\nskips = B307\n",
    "pyproject.toml": '[tool.bandit]\nskips = ["B307"]\n',
  });
  const found = await check(bandit, project.path, ["script", "tests/a.py"]);
  expect(found.map(({ path, line, rule, severity }) => [path, line, rule, severity])).toEqual([
    ["script", 2, "B307", "warning"],
    ["tests/a.py", 1, "B307", "warning"],
  ]);
});

testWith(bandit, "empty files are fine, and a file that it cannot decode does not hide the others", async () => {
  using project = folder({
    "a.py": "eval(x)\r\n",
    "empty.py": "",
    "line.py": "\n",
    "odd.py": new Uint8Array([0x78, 0xff, 0x0a]),
  });
  const found = await check(bandit, project.path, ["a.py", "empty.py", "line.py", "odd.py"]);
  expect(found.map(({ path, rule }) => [path, rule])).toEqual([
    ["a.py", "B307"],
    ["odd.py", "syntax"],
  ]);
});

test("columns of later versions count bytes from 0", () => {
  const result = {
    filename: "a.py",
    issue_severity: "HIGH",
    issue_text: "shell=True",
    line_number: 3,
    line_range: [3, 4, 5],
    col_offset: 4,
    end_col_offset: 9,
    test_id: "B602",
    more_info: "https://example.org/b602",
  };
  const stdout = JSON.stringify({ errors: [], results: [result, { ...result, col_offset: -1, end_col_offset: -1 }] });
  const found = bandit.parse?.(output({ stdout, exitCode: 1 })) ?? [];
  expect(
    found.map(({ line, column, endLine, endColumn, severity }) => [line, column, endLine, endColumn, severity])
  ).toEqual([
    [3, 5, 5, 10, "error"],
    [3, 1, undefined, undefined, "error"],
  ]);
});

test("output that is not bandit's throws", () => {
  for (const stdout of ["", "{}", '{"errors":[],"results":[{}]}']) {
    expect(() => bandit.parse?.(output({ stdout }))).toThrow();
  }
});
