import { expect, test } from "bun:test";
import { gofumpt } from "../../../lib/tools/gofumpt.ts";
import { output, recorded } from "./run-tool.ts";

test("what it says of a file that it cannot parse is read", () => {
  expect(gofumpt.parse?.(output({ stderr: recorded(gofumpt, "bad.txt"), exitCode: 2 }))).toEqual([
    {
      path: "broken.go",
      rule: "syntax",
      severity: "error",
      line: 3,
      column: 17,
      message: "expected declaration, found ')'",
    },
  ]);
});

test("lines that are not gofumpt's throw", () => {
  expect(() => gofumpt.parse?.(output({ stderr: "panic: oops\n", exitCode: 2 }))).toThrow("not a finding");
});
