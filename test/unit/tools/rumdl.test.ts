import { expect, test } from "bun:test";
import { rumdl } from "../../../lib/tools/rumdl.ts";
import { check, folder, output, testFixtures, testOddNames, testWith } from "./run-tool.ts";

testFixtures(rumdl, "check");
testOddNames(rumdl, ".md", "# A\n\n[gone](gone.md)\n");

testWith(rumdl, "a project's own config and ignored files change nothing, and empty files are fine", async () => {
  const off = '[global]\ndisable = ["MD057", "MD051"]\nexclude = ["*.md"]\n';
  using project = folder({
    "a.md": "[gone](gone.md)\r\n",
    ".hidden.md": "[gone](gone.md)\n",
    "empty.md": "",
    "line.md": "\n",
    ".rumdl.toml": off,
    "rumdl.toml": off,
    "pyproject.toml": '[tool.rumdl]\ndisable = ["MD057"]\n',
    ".markdownlint.json": '{"default": false}',
    ".gitignore": "*.md\n",
    ".git/HEAD": "ref: refs/heads/main\n",
  });
  const found = await check(rumdl, project.path, [".hidden.md", "a.md", "empty.md", "line.md"]);
  expect(found.map(({ path, line, column, rule }) => [path, line, column, rule])).toEqual([
    [".hidden.md", 1, 8, "MD057"],
    ["a.md", 1, 8, "MD057"],
  ]);
});

testWith(rumdl, "links in code, to the web, to mail and to files that are there are no findings", async () => {
  using project = folder({
    "a.md":
      "# A b\n\n`[x](gone.md)` [w](https://example.org/gone) [m](mailto:a@b.c) [f](docs/f%20g.md) [d](docs/) [h](#a-b)\n\n```md\n[x](gone.md)\n```\n",
    "docs/f g.md": "",
  });
  expect(await check(rumdl, project.path, ["a.md"])).toEqual([]);
});

testWith(rumdl, "a file that is not UTF-8 is a finding and does not hide the others", async () => {
  using project = folder({ "a.md": "[gone](gone.md)\n", "odd.md": new Uint8Array([0x78, 0xff, 0x0a]) });
  const found = await check(rumdl, project.path, ["a.md", "odd.md"]);
  expect(found.map(({ path, rule }) => [path, rule])).toEqual([
    ["a.md", "MD057"],
    ["odd.md", "unreadable"],
  ]);
});

testWith(rumdl, "a link to a heading of another file is followed where both are in the call", async () => {
  using project = folder({ "a.md": "[there](b.md#b) [not there](b.md#c)\n", "b.md": "# B\n" });
  const found = await check(rumdl, project.path, ["a.md", "b.md"]);
  expect(found.map(({ path, line, column, rule }) => [path, line, column, rule])).toEqual([["a.md", 1, 17, "MD051"]]);
});

test("output that is not rumdl's, and a file that it could not read, throw", () => {
  for (const stdout of ["", "{}", "[{}]"]) {
    expect(() => rumdl.parse?.(output({ stdout }))).toThrow();
  }
  expect(() => rumdl.parse?.(output({ stdout: "[]", stderr: "Error: Failed to read a.md\n" }))).toThrow("Failed");
});
