import { expect, test } from "bun:test";
import { statix } from "../../../lib/tools/statix.ts";
import { output, recorded } from "./run-tool.ts";

const place = { path: "module.nix", severity: "warning" } as const;

test("its recorded report is read, with names for the numbers of its lints", () => {
  const found =
    statix.parse?.(output({ stdout: recorded(statix, "bad.json"), exitCode: 1, files: ["module.nix"] })) ?? [];
  expect(found.map(({ path, severity, line, column, rule }) => ({ path, severity, line, column, rule }))).toEqual([
    { ...place, line: 2, column: 1, rule: "empty_let_in" },
    { ...place, line: 5, column: 26, rule: "bool_comparison" },
    { ...place, line: 6, column: 3, rule: "manual_inherit" },
    { ...place, line: 7, column: 3, rule: "manual_inherit_from" },
    { ...place, line: 8, column: 10, rule: "unquoted_uri" },
    { ...place, line: 9, column: 10, rule: "empty_list_concat" },
  ]);
  expect(found[2]).toMatchObject({
    endLine: 6,
    endColumn: 13,
    message: "This assignment is better written with `inherit`",
    fix: { safe: true },
  });
});

test("a syntax error is a finding without a fix", () => {
  const found = statix.parse?.(output({ stdout: recorded(statix, "broken.json"), exitCode: 1 })) ?? [];
  expect(found).toMatchObject([{ path: "broken.nix", rule: "syntax", severity: "error", line: 2, column: 16 }]);
  expect(found[0]).not.toHaveProperty("fix");
});

test("nothing printed is nothing found, but a word on stderr is a failure whatever the exit code", () => {
  expect(statix.parse?.(output({}))).toEqual([]);
  expect(() => statix.parse?.(output({ stderr: "config error: unable to parse config file\n" }))).toThrow(
    "unable to parse"
  );
});

test("a file that is not UTF-8 is a finding", () => {
  expect(statix.parse?.(output({ stdout: "`a.nix` contains non-utf8 content\n" }))).toMatchObject([
    { path: "a.nix", rule: "encoding" },
  ]);
});

test("output that is not statix's throws", () => {
  for (const stdout of ["oops\n", "{}\n", '{"file":"a","report":[{"code":1,"severity":"Odd","diagnostics":[]}]}\n']) {
    expect(() => statix.parse?.(output({ stdout }))).toThrow();
  }
});
