import { expect, test } from "bun:test";
import { staticcheck } from "../../../lib/tools/staticcheck.ts";
import { check, folder, output, testFixtures, testWith } from "./run-tool.ts";

testFixtures(staticcheck, "check");

testWith(staticcheck, "a project's own staticcheck.conf changes nothing", async () => {
  using project = folder({
    "go.mod": "module example.org/a\n\ngo 1.19\n",
    "a.go": "package a\n\nfunc unused() {}\n",
    "staticcheck.conf": 'checks = ["none"]\n',
  });
  expect(
    (await check(staticcheck, project.path, ["a.go"])).map(({ path, line, column, rule }) => [path, line, column, rule])
  ).toEqual([["a.go", 3, 6, "U1000"]]);
});

testWith(staticcheck, "a module that go cannot read is a finding", async () => {
  using odd = folder({ "go.mod": "modul x\n", "a.go": "package a\n" });
  expect(
    (await check(staticcheck, odd.path, ["a.go"])).map(({ path, line, rule }) => [path, line, rule])
  ).toContainEqual(["go.mod", 1, "module"]);
});

test("output that is not staticcheck's throws", () => {
  for (const stdout of ["oops\n", "{}\n", '{"code":"X1","severity":"odd","location":{},"end":{},"message":""}\n']) {
    expect(() => staticcheck.parse?.(output({ stdout }))).toThrow();
  }
});
