import { expect, test } from "bun:test";
import { lychee } from "../../../lib/tools/lychee.ts";
import { output, recorded } from "./run-tool.ts";

test("its recorded report is read, with the places of links", () => {
  const found = lychee.parse?.(output({ stdout: recorded(lychee, "bad.json"), exitCode: 2 })) ?? [];
  expect(found.map(({ path, line, column, rule, severity }) => [path, line, column, rule, severity])).toEqual([
    ["README.md", 3, 4, "broken", "error"],
    ["README.md", 3, 29, "broken", "error"],
    ["README.md", 5, 1, "broken", "error"],
  ]);
  expect(found[0]?.message).toStartWith("file:///shop/docs/gone.md: Cannot find file");
});

test("versions that know no places are read too", () => {
  const found = lychee.parse?.(output({ stdout: recorded(lychee, "bad-0.20.json"), exitCode: 2 })) ?? [];
  expect(found.map(({ path, line, column }) => [path, line, column])).toEqual([["README.md", 1, 1]]);
});

test("a clean report is no finding, and output that is not lychee's throws", () => {
  expect(lychee.parse?.(output({ stdout: recorded(lychee, "good.json") }))).toEqual([]);
  for (const stdout of ["", "oops", "{}", '{"error_map":{"a":[{}]}}']) {
    expect(() => lychee.parse?.(output({ stdout }))).toThrow();
  }
});
