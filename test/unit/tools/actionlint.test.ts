import { expect, test } from "bun:test";
import { actionlint } from "../../../lib/tools/actionlint.ts";
import { output, recorded } from "./run-tool.ts";

const file = ".github/workflows/test.yml";

test("its recorded report is read, and what shellcheck says in it keeps shellcheck's name", () => {
  const found = actionlint.parse?.(output({ stdout: recorded(actionlint, "bad.json"), exitCode: 1 })) ?? [];
  expect(found.map(({ path, line, column, endColumn, rule }) => [path, line, column, endColumn, rule])).toEqual([
    [".github/workflows/broken.yml", 1, 1, 2, "syntax-check"],
    [file, 7, 9, 13, "syntax-check"],
    [file, 9, 26, 33, "expression"],
    [file, 10, 9, 13, "SC2086"],
    [file, 11, 3, 9, "job-needs"],
    [file, 15, 15, 31, "action"],
  ]);
  expect(found[3]).toMatchObject({
    message: "Double quote to prevent globbing and word splitting",
    url: "https://www.shellcheck.net/wiki/SC2086",
  });
});

test("a clean report is no finding, and output that is not actionlint's throws", () => {
  expect(actionlint.parse?.(output({ stdout: recorded(actionlint, "good.json") }))).toEqual([]);
  for (const stdout of ["", "oops", "{}", "[{}]"]) {
    expect(() => actionlint.parse?.(output({ stdout }))).toThrow();
  }
});
