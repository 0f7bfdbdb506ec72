import { expect, test } from "bun:test";
import { golangciLint } from "../../../lib/tools/golangci-lint.ts";
import { output, recorded } from "./run-tool.ts";

test("its recorded report is read, and checks of staticcheck and vet keep their names", () => {
  const found = golangciLint.parse?.(output({ stdout: recorded(golangciLint, "bad.json"), exitCode: 1 })) ?? [];
  expect(found.map(({ path, line, column, rule, severity }) => [path, line, column, rule, severity])).toEqual([
    ["/shop/broken/broken.go", 3, 14, "typecheck", "error"],
    ["/shop/main.go", 11, 17, "govet/printf", "error"],
    ["/shop/main.go", 11, 28, "staticcheck/SA5009", "error"],
    ["/shop/main.go", 12, 5, "staticcheck/S1003", "error"],
    ["/shop/main.go", 8, 6, "unused", "error"],
  ]);
  expect(found[2]?.message).toBe("Printf format %d has arg #1 of wrong type string");
});

test("a clean report is no finding, also with words of a newer version behind it", () => {
  const stdout = recorded(golangciLint, "good.json");
  expect(golangciLint.parse?.(output({ stdout }))).toEqual([]);
  expect(golangciLint.parse?.(output({ stdout: `${stdout}0 issues.\n` }))).toEqual([]);
});

test("a run that failed throws, whatever it printed", () => {
  expect(() => golangciLint.parse?.(output({ stdout: recorded(golangciLint, "failed.json"), exitCode: 1 }))).toThrow(
    "timeout exceeded"
  );
  const logged = output({ stdout: recorded(golangciLint, "good.json"), stderr: "level=error msg=oops", exitCode: 7 });
  expect(() => golangciLint.parse?.(logged)).toThrow("oops");
  for (const stdout of ["", "oops", '{"Issues":[{}]}']) {
    expect(() => golangciLint.parse?.(output({ stdout }))).toThrow();
  }
});
