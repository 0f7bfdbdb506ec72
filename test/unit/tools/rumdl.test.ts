import { expect, test } from "bun:test";
import { rumdl } from "../../../lib/tools/rumdl.ts";
import { check, folder, output, testFixtures, testOddNames, testWith } from "./run-tool.ts";

testFixtures(rumdl, "check");
testOddNames(rumdl, ".md", "# A\n\n[gone](gone.md)\n");

testWith(rumdl, "a project's own config and ignored files change nothing, and empty files are fine", async () => {
  const off = '[global]\ndisable = ["MD057", "MD051"]\nexclude = ["*.md"]\n';
  using project = folder({
    "a.md": "[gone](gone.md)\r\n", ".hidden.md": "[gone](gone.md)\n", "empty.md": "", "line.md": "\n",
    ".rumdl.toml": off, "rumdl.toml": off, "pyproject.toml": '[tool.rumdl]\ndisable = ["MD057"]\n',
    ".markdownlint.json": '{"default": false}', ".gitignore": "*.md\n", ".git/HEAD": "ref: refs/heads/main\n",
  });
  const found = await check(rumdl, project.path, [".hidden.md", "a.md", "empty.md", "line.md"]);
  expect(found.map(({ path, line, column, rule }) => [path, line, column, rule])).toEqual([
    [".hidden.md", 1, 8, "MD057"],
    ["a.md", 1, 8, "MD057"],
  ]);
});

testWith(rumdl, "links in code, to the web, to mail and to files that are there are no findings", async () => {
  using project = folder({
    "a.md": "# A b\n\n`[x](gone.md)` [w](https://example.org/gone) [m](mailto:a@b.c) [f](docs/f%20g.md) [d](docs/) [h](#a-b)\n\n```md\n[x](gone.md)\n```\n",
    "docs/f g.md": "",
  });
  expect(await check(rumdl, project.path, ["a.md"])).toEqual([]);
});

test("output that is not rumdl's, and a file that it could not read, throw", () => {
  for (const stdout of ["", "{}", "[{}]"]) expect(() => rumdl.parse?.(output({ stdout }))).toThrow();
  expect(() => rumdl.parse?.(output({ stdout: "[]", stderr: "Error: Failed to read a.md\n" }))).toThrow("Failed");
});
