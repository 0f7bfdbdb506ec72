import { gofmt } from "../../../lib/tools/gofmt.ts";
import { expect } from "bun:test";
import { folder, rewrite, testFixtures, testWith } from "./run-tool.ts";

testFixtures(gofmt, "format");

testWith(gofmt, "carriage returns go, comments before the package may stand, and an empty file is no Go", async () => {
  using project = folder({
    "crlf.go": "package a\r\nfunc x(){}\r\n",
    "comment.go": "// +build x\n\n/* é\n𝒳 */ package a\n",
    "empty.go": "",
    "line.go": "\n",
    "late.go": "/* é */ x := 1\n",
  });
  const { texts, findings } = await rewrite(gofmt, "format", project.path, [
    "comment.go",
    "crlf.go",
    "empty.go",
    "late.go",
    "line.go",
  ]);
  expect(texts["crlf.go"]).toBe("package a\n\nfunc x() {}\n");
  expect(
    findings
      .filter(({ rule }) => rule === "syntax")
      .map(({ path, line, column, message }) => [path, line, column, message])
  ).toEqual([
    ["empty.go", 1, 1, "expected 'package'"],
    ["late.go", 1, 9, "expected 'package'"],
    ["line.go", 2, 1, "expected 'package'"],
  ]);
  expect(findings.some(({ path }) => path === "comment.go" && texts[path]?.includes("package a") !== true)).toBe(false);
});

testWith(gofmt, "a second time changes nothing", async () => {
  using project = folder({ "a.go": "package a\nvar x=[]int{1,\n2}\n" });
  const once = (await rewrite(gofmt, "format", project.path, ["a.go"])).texts["a.go"] ?? "";
  using again = folder({ "a.go": once });
  expect((await rewrite(gofmt, "format", again.path, ["a.go"])).findings).toEqual([]);
});
