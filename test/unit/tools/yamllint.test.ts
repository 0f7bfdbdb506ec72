import { expect, test } from "bun:test";
import { yamllint } from "../../../lib/tools/yamllint.ts";
import { check, folder, output, testFixtures, testOddNames, testWith } from "./run-tool.ts";

testFixtures(yamllint, "check");
testOddNames(yamllint, ".yaml", "a: 1\na: 2\n");

testWith(yamllint, "a project's own config and ignores change nothing", async () => {
  using project = folder({
    "a.yaml": "a: 1\na: 2\n",
    ".yamllint": "rules: {}\nignore: '*.yaml'\n",
    ".yamllint.yaml": "rules: {}\n",
  });
  expect((await check(yamllint, project.path, ["a.yaml"])).map(({ rule }) => rule)).toEqual(["key-duplicates"]);
});

testWith(
  yamllint,
  "empty files are fine, and carriage returns and characters of many bytes are placed right",
  async () => {
    using project = folder({
      "crlf.yaml": "a: 1\r\nb: 2\r\n",
      "empty.yaml": "",
      "line.yaml": "\n",
      "wide.yaml": "é𝒳: [1,  2]\n",
    });
    const found = await check(yamllint, project.path, ["crlf.yaml", "empty.yaml", "line.yaml", "wide.yaml"]);
    expect(found.map(({ path, line, column, rule }) => [path, line, column, rule])).toEqual([
      ["crlf.yaml", 1, 5, "new-lines"],
      ["wide.yaml", 1, 9, "commas"],
    ]);
  }
);

testWith(yamllint, "what prettier writes passes", async () => {
  using project = folder({
    "a.yaml": 'on: { push: { branches: ["main"] } }\nlist:\n  - a\n  - b\nempty: {}\nnone: []\n',
  });
  expect(await check(yamllint, project.path, ["a.yaml"])).toEqual([]);
});

test("a traceback over one file that is not UTF-8 is a finding, over more it throws", () => {
  const stderr =
    "Traceback (most recent call last):\n  File \"x\"\nUnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 3\n";
  const found = yamllint.parse?.(output({ stderr, exitCode: 1, files: ["a.yml"] }));
  expect(found?.map(({ path, rule, line }) => [path, rule, line])).toEqual([["a.yml", "encoding", 1]]);
  expect(() => yamllint.parse?.(output({ stderr, exitCode: 1, files: ["a.yml", "b.yml"] }))).toThrow("traceback");
});

test("lines that are not yamllint's throw", () => {
  const files = ["a.yml"];
  expect(() => yamllint.parse?.(output({ stdout: "usage: yamllint\n", files }))).toThrow("not a finding");
  expect(() => yamllint.parse?.(output({ stdout: "b.yml:1:1: [error] x (y)\n", files }))).toThrow("not given");
});
