import { expect, test } from "bun:test";
import { join } from "node:path";
import commitlintModule from "../../../lib/tools/in-process/commitlint.ts";
import { messageLines } from "../../../lib/tools/in-process/commitlint/message.ts";
import { commitlint } from "../../../lib/tools/commitlint.ts";
import { findingsOf, testLibrary } from "./ask-worker.ts";
import { folder, home } from "./run-tool.ts";

testLibrary(commitlint);

const config = join(home, "nix/config/commitlint/commitlint.config.js");

/** What is said of a message, as `rule line:column`. */
async function judge(text: string, settings: Readonly<Record<string, unknown>> = {}): Promise<readonly string[]> {
  await commitlintModule.load?.(config, settings);
  const found = (await commitlintModule.check?.({ path: "MESSAGE", text, kind: "text", root: "/" })) ?? [];
  return found.map(({ rule, line, column }) => `${rule} ${line}:${column}`).toSorted();
}

test.each([
  "feat: add a thing",
  "feat: VM support",
  "fix(ssh): SSH keys are found in macOS",
  "docs: Dockerfile runs as a user",
  "tool: QEMU's machine type",
  "chore!: drop Node 20",
  "fix: `Finding` has a place",
  "ci: 3 runners",
  "refactor: iOS and eBPF",
  "revert: feat: add a thing",
  'Revert "feat: add a thing"\n\nThis reverts commit 0123456.',
  "Merge branch 'main' into topic",
  "fixup! feat: Add",
  "feat: add\r\n\r\nBody, with CRLF.\r\n",
  `feat: add\n\nhttps://example.org/${"x".repeat(200)}`,
  "",
  "\n",
  "# only a comment\n",
])("%j is a good message", async (text) => {
  expect(await judge(text)).toEqual([]);
});

test.each([
  ["feat: Add a thing", ["subject-start 1:7"]],
  ["feat: FIX THE THING", ["subject-start 1:7"]],
  ["feat(a)!: Add a thing.", ["subject-full-stop 1:11", "subject-start 1:11"]],
  ["Feat: add", ["type-case 1:1", "type-enum 1:1"]],
  ["wip: add", ["type-enum 1:1"]],
  ["add a thing", ["subject-empty 1:1", "type-empty 1:1"]],
  ["# c\n\nwip: add\n# c\n", ["type-enum 3:1"]],
  [`feat: ${"x".repeat(100)}`, ["header-max-length 1:101"]],
  ["feat: add\nbody", ["body-leading-blank 2:1"]],
  [`feat: add\n\n# c\nshort\n${"x".repeat(101)}`, ["body-max-line-length 5:101"]],
  [" feat: add", ["header-trim 1:1", "subject-empty 1:1", "type-empty 1:1"]],
])("%j is not, and the place is said", async (text, expected) => {
  expect(await judge(text)).toEqual(expected);
});

test("what the project says in [commit] counts", async () => {
  const settings = { types: ["task"], scopes: ["a", "b"], max_header: 20 };
  expect(await judge("task(a): fine", settings)).toEqual([]);
  expect(await judge("feat(c): this is too long", settings)).toEqual([
    "header-max-length 1:21",
    "scope-enum 1:6",
    "type-enum 1:1",
  ]);
  expect(await judge("feat(c): this is fine again")).toEqual([]);
});

test("another comment character than # may be told", async () => {
  expect(await judge("; comment\nfeat: add\n", { commentChar: ";" })).toEqual([]);
  expect(await judge("#1: add\n", { commentChar: ";" })).toEqual(["subject-empty 1:1", "type-empty 1:1"]);
});

test("a message is what git keeps of its file", () => {
  const text = "\n# c\nfeat: add  \n\nbody\n\n# c\n# ---------------- >8 ----------------\nnot this\n";
  expect(messageLines(text, "#")).toEqual([
    { text: "feat: add", line: 3 },
    { text: "", line: 4 },
    { text: "body", line: 5 },
  ]);
});

test("a project's own config may extend another, and [commit] does not change it", async () => {
  const own = join(home, "node_modules/@commitlint/config-conventional/lib/index.js");
  using place = folder({
    "own.config.mjs": `export default { extends: [${JSON.stringify(own)}] };\n`,
    message: "tool: add\n",
  });
  const found = await findingsOf({
    tool: commitlint,
    root: place.path,
    files: ["message"],
    config: `${place.path}/own.config.mjs`,
    settings: { types: ["tool"] },
  });
  expect(found.map(({ rule }) => rule)).toEqual(["type-enum"]);
});
