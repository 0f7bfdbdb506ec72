import { expect, test } from "bun:test";
import { goVet } from "../../../lib/tools/go-vet.ts";
import { check, folder, output, testFixtures, testWith } from "./run-tool.ts";

testFixtures(goVet, "check");

const module = "module example.org/shop\n\ngo 1.19\n";

testWith(goVet, "a module that go cannot read and a package that nobody provides are findings", async () => {
  using odd = folder({ "go.mod": "modul x\n", "a.go": "package a\n" });
  expect((await check(goVet, odd.path, ["a.go"])).map(({ path, line, rule }) => [path, line, rule])).toEqual([
    ["go.mod", 1, "module"],
  ]);
  using lacking = folder({ "go.mod": module, "a.go": 'package a\n\nimport _ "example.org/gone"\n' });
  expect(
    (await check(goVet, lacking.path, ["a.go"])).map(({ path, line, column, rule, message }) => [
      path,
      line,
      column,
      rule,
      message,
    ])
  ).toEqual([["a.go", 3, 8, "compile", "no required module provides package example.org/gone"]]);
});

test("reports on stdout, as later versions print them, and packages without findings are read", () => {
  const stdout =
    '# example.org/shop\n{}\n# example.org/shop/a\n{\n\t"example.org/shop/a": {\n\t\t"printf": [\n\t\t\t{\n\t\t\t\t"posn": "/shop/a b.go:6:2",\n\t\t\t\t"message": "odd }"\n\t\t\t}\n\t\t]\n\t}\n}\n';
  expect(goVet.parse?.(output({ stdout, stderr: "go: downloading example.org/x v1.0.0\n" }))).toEqual([
    {
      path: "/shop/a b.go",
      rule: "printf",
      severity: "error",
      line: 6,
      column: 2,
      message: "odd }",
      url: "https://pkg.go.dev/golang.org/x/tools/go/analysis/passes/printf",
    },
  ]);
});

test("an analyzer that failed, and output that is not go vet's, throw", () => {
  expect(() => goVet.parse?.(output({ stderr: '{\n\t"a": {\n\t\t"printf": {"error": "oops"}\n\t}\n}\n' }))).toThrow(
    "printf failed"
  );
  expect(() => goVet.parse?.(output({ stderr: '{\n\t"a": 1\n' }))).toThrow();
});
