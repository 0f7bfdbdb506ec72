import { expect, test } from "bun:test";
import { nixSyntax } from "../../../lib/tools/nix-syntax.ts";
import { check, folder, output, testFixtures, testOddNames, testWith } from "./run-tool.ts";

testFixtures(nixSyntax, "check");
testOddNames(nixSyntax, ".nix", "{ a = ; }\n");

testWith(
  nixSyntax,
  "the user's nix.conf changes nothing, imports need not be there, and carriage returns are fine",
  async () => {
    using project = folder({
      "a.nix": "{ a = import ./gone.nix;\r\n  b = <nixpkgs>; }\r\n",
      ".config/nix/nix.conf": "no such setting\n",
    });
    expect(await check(nixSyntax, project.path, ["a.nix"])).toEqual([]);
    expect(nixSyntax.env).toMatchObject({ NIX_CONFIG: "", NIX_USER_CONF_FILES: "" });
  }
);

test("colours and the layout of later versions are read", () => {
  const stderr =
    "\u001b[31;1merror:\u001b[0m syntax error, unexpected end of file\n       at \u001b[35;1m/shop/a.nix:3:7\u001b[0m:\n            2| x\n";
  expect(nixSyntax.parse?.(output({ stderr, exitCode: 1, files: ["a.nix"] }))).toEqual([
    {
      path: "a.nix",
      rule: "syntax",
      severity: "error",
      line: 3,
      column: 7,
      message: "syntax error, unexpected end of file",
    },
  ]);
});

test("a failure that names no place throws", () => {
  expect(() =>
    nixSyntax.parse?.(
      output({ stderr: "error: opening file '/shop/a.nix': Permission denied\n", exitCode: 1, files: ["a.nix"] })
    )
  ).toThrow("no place");
});
