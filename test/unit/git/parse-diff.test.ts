import { expect, test } from "bun:test";
import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { allLines, parseDiff } from "../../../lib/git/parse-diff.ts";
import { makeRepository } from "./repository.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const raw = (status: string, path: string): string => `:100644 100644 1111111 0000000 ${status}\0${path}\0`;
const head = "diff --git a/x b/x\nindex 1111111..2222222 100644\n--- a/x\n+++ b/x\n";

const hunks: readonly (readonly [name: string, hunks: string, expected: readonly (readonly number[])[]])[] = [
  ["one changed line", "@@ -3 +3 @@\n-a\n+b\n", [[3, 3]]],
  ["added lines", "@@ -3,0 +4,2 @@ context\n+a\n+b\n", [[4, 5]]],
  ["removed lines alone", "@@ -3,2 +2,0 @@\n-a\n-b\n", []],
  [
    "two hunks",
    "@@ -1 +1 @@\n-a\n+b\n@@ -9,0 +10 @@\n+c\n",
    [
      [1, 1],
      [10, 10],
    ],
  ],
  [
    "no newline at the end of either side",
    "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n",
    [[1, 1]],
  ],
  [
    "content that looks like a header",
    "@@ -1,2 +1,3 @@\n--- a/y\n-diff --git a/y b/y\n+++ b/y\n+@@ -1 +1 @@\n+diff --git a/y b/y\n",
    [[1, 3]],
  ],
];

for (const [name, text, expected] of hunks) {
  test(`${name}: the right lines are changed`, () => {
    expect(Object.fromEntries(parseDiff(encode(`${raw("M", "x")}\0${head}${text}`)))).toEqual({ x: expected } as never);
  });
}

test("no output is no change", () => {
  expect(parseDiff(new Uint8Array()).size).toBe(0);
});

test("two halves that do not fit together are an error, not a guess", () => {
  expect(() => parseDiff(encode(`${raw("M", "x")}${raw("M", "y")}\0${head}@@ -1 +1 @@\n-a\n+b\n`))).toThrow(
    "fewer patches than files"
  );
  expect(() => parseDiff(encode(`${raw("M", "x")}\0${head}${head}`))).toThrow("more patches than files");
  expect(() => parseDiff(encode(":100644 100644 1 0 M\0x"))).toThrow("inside a name");
});

test("what git really prints for modes, links, binary, empty and merged files is read", async () => {
  using repo = makeRepository({ mode: "1\n", "to-link": "1\n", binary: "\0one", text: "1\n2\n", "z-last": "1\n" });
  chmodSync(repo.path("mode"), 0o755);
  rmSync(repo.path("to-link"));
  symlinkSync("mode", repo.path("to-link"));
  repo.write({ binary: "\0two", empty: "", text: "1\n2\n3\n", "z-last": "2\n" });
  repo.git(["add", "--all"]);
  const output = Bun.spawnSync(["git", "diff", "--raw", "-p", "-z", "-U0", "--no-renames", "HEAD"], {
    cwd: repo.root,
    env: repo.env,
  }).stdout;
  expect(Object.fromEntries(parseDiff(output))).toEqual({
    mode: [],
    "to-link": allLines,
    binary: allLines,
    empty: allLines,
    text: [[3, 3]],
    "z-last": [[1, 1]],
  });
});
