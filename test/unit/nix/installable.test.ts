import { expect, test } from "bun:test";
import { installableOf, shellInstallable } from "../../../lib/nix/installable.ts";

test.each([
  [undefined, ".", "result"],
  ["default", ".", "result"],
  ["qcow2", ".#qcow2", "result-qcow2"],
  ["checks.x86_64-linux.format", ".#checks.x86_64-linux.format", "result-checks.x86_64-linux.format"],
  ["hello^dev,out", ".#hello^dev,out", "result-hello"],
  ['packages.x86_64-linux."a/b"', '.#packages.x86_64-linux."a/b"', "result-packages.x86_64-linux.-a-b-"],
  ["nixpkgs#hello", "nixpkgs#hello", "result-hello"],
])("%s is built as %s and linked as %s", (name, reference, link) => {
  expect(installableOf(name)).toEqual({ reference, link });
});

test.each([["a b"], [".#"], ["x#--impure"], ["a\u0000"]])("%j is no output", (name) => {
  expect(() => installableOf(name)).toThrow("is no name of an output");
});

test("a dev shell is an output of a system", () => {
  expect(shellInstallable("full", "x86_64-linux")).toEqual({
    reference: ".#devShells.x86_64-linux.full",
    link: "result-devShells.x86_64-linux.full",
  });
});
