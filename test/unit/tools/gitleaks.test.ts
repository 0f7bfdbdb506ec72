import { expect, test } from "bun:test";
import { gitleaks } from "../../../lib/tools/gitleaks.ts";
import { output, recorded } from "./run-tool.ts";

test("its recorded report is read, and nothing that it matched is taken over", () => {
  const found = gitleaks.parse?.(output({ stdout: recorded(gitleaks, "bad.json"), exitCode: 1 })) ?? [];
  expect(
    found.map(({ path, line, column, endColumn, rule, severity }) => [path, line, column, endColumn, rule, severity])
  ).toEqual([
    ["config.env", 1, 1, 29, "generic-api-key", "error"],
    ["config.env", 2, 11, 51, "github-pat", "error"],
  ]);
  expect(JSON.stringify(found)).not.toContain("REDACTED");
});

test("it is given one file at a time, redacts, and obeys no project's ignore file", () => {
  expect(gitleaks.batch).toBe("one");
  expect(gitleaks.check?.args).toContain("--redact");
  expect(gitleaks.check?.args).toContain("--gitleaks-ignore-path=/dev/null");
});

test("a clean report is no finding, and output that is not gitleaks' throws", () => {
  expect(gitleaks.parse?.(output({ stdout: recorded(gitleaks, "good.json") }))).toEqual([]);
  for (const stdout of ["", "oops", "{}", "[{}]"]) {
    expect(() => gitleaks.parse?.(output({ stdout }))).toThrow();
  }
});
