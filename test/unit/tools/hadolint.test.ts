import { expect, test } from "bun:test";
import { hadolint } from "../../../lib/tools/hadolint.ts";
import { output, recorded } from "./run-tool.ts";

test("its recorded report is read, with shellcheck's rules and syntax errors in it", () => {
  const found = hadolint.parse?.(output({ stdout: recorded(hadolint, "bad.json"), exitCode: 1 })) ?? [];
  expect(found.map(({ path, line, column, rule, severity }) => [path, line, column, rule, severity])).toEqual([
    ["Dockerfile", 1, 1, "DL3007", "warning"],
    ["Dockerfile", 2, 1, "DL4000", "error"],
    ["Dockerfile", 3, 1, "DL3003", "warning"],
    ["Dockerfile", 3, 1, "SC2086", "info"],
    ["Dockerfile.broken", 2, 4, "syntax", "error"],
  ]);
  expect(found[3]?.url).toBe("https://www.shellcheck.net/wiki/SC2086");
  expect(found[4]?.message).toBe("unexpected 'N' expecting at least one space after 'RUN'");
});

test("a clean report is no finding, and output that is not hadolint's throws", () => {
  expect(hadolint.parse?.(output({ stdout: recorded(hadolint, "good.json") }))).toEqual([]);
  for (const stdout of ["", "oops", "{}", "[{}]"]) {
    expect(() => hadolint.parse?.(output({ stdout }))).toThrow();
  }
});
