import { expect, test } from "bun:test";
import { deadnix } from "../../../lib/tools/deadnix.ts";
import { output, recorded } from "./run-tool.ts";

test("its recorded report is read, and files that it cannot parse are findings", () => {
  const found = deadnix.parse?.(output({ stdout: recorded(deadnix, "bad.jsonl"), exitCode: 1 })) ?? [];
  expect(found).toEqual([
    { path: "broken.nix", rule: "syntax", severity: "error", line: 1, column: 1, message: "unexpected token at 6..7" },
    {
      path: "module.nix",
      rule: "unused",
      severity: "warning",
      line: 1,
      column: 8,
      endLine: 1,
      endColumn: 12,
      message: "Unused lambda pattern: pkgs",
    },
    {
      path: "module.nix",
      rule: "unused",
      severity: "warning",
      line: 3,
      column: 20,
      endLine: 3,
      endColumn: 26,
      message: "Unused let binding: unused",
      fix: { safe: true },
    },
    {
      path: "module.nix",
      rule: "unused",
      severity: "warning",
      line: 5,
      column: 10,
      endLine: 5,
      endColumn: 11,
      message: "Unused lambda argument: x",
      fix: { safe: true },
    },
  ]);
});

test("its fixer is told to keep what callers of a function name", () => {
  expect(deadnix.fix?.args).toContain("--no-lambda-pattern-names");
});

test("nothing printed is nothing found, and output that is not deadnix's throws", () => {
  expect(deadnix.parse?.(output({}))).toEqual([]);
  for (const stdout of ["oops\n", "[]\n", '{"file":"a","results":[{}]}\n']) {
    expect(() => deadnix.parse?.(output({ stdout }))).toThrow();
  }
  expect(() => deadnix.parse?.(output({ stderr: "thread 'main' panicked\n" }))).toThrow("panicked");
});
