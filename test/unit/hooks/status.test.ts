import { expect, test } from "bun:test";
import { parseStatus } from "../../../lib/hooks/status.ts";

const id = "1".repeat(40);
const zero = "0".repeat(40);
const row = (xy: string, mode: string, path: string, sub = "N..."): string =>
  `1 ${xy} ${sub} 100644 ${mode} 100644 ${zero} ${id} ${path}\0`;
const state = (text: string) => parseStatus(Buffer.from(text, "latin1"));

const rows: readonly (readonly [name: string, text: string, expected: object])[] = [
  [
    "a staged change",
    row("M.", "100644", "a"),
    { staged: [{ path: "a", status: "modified", mode: "file", blob: id, working: "same" }] },
  ],
  [
    "a new executable with an unstaged change",
    row("AM", "100755", "a"),
    { staged: [{ status: "added", mode: "executable", working: "changed" }] },
  ],
  ["a staged file that is gone", row("MD", "100644", "a"), { staged: [{ working: "gone" }] }],
  ["a staged file that became a link", row("MT", "100644", "a"), { staged: [{ working: "retyped" }] }],
  ["a link where a file was", row("T.", "120000", "a"), { staged: [{ status: "type-changed", mode: "symlink" }] }],
  ["a name that is not UTF-8", row("M.", "100644", "a\xff"), { staged: [{ path: "a\udcff" }] }],
  ["a staged deletion", row("D.", "000000", "a"), { staged: [], deleted: ["a"] }],
  ["an unstaged change", row(".M", "100644", "a"), { staged: [], unstaged: ["a"] }],
  ["intent to add", row(".A", "000000", "a"), { staged: [], intentToAdd: ["a"], unstaged: [] }],
  ["a submodule", row("M.", "160000", "a", "SC.."), { staged: [], unstaged: [] }],
  ["a conflict", `u UU N... 100644 100644 100644 100644 ${id} ${id} ${id} a b\0`, { unmerged: ["a b"] }],
  [
    "a branch",
    `# branch.oid ${id}\0# branch.head topic/x\0# branch.upstream origin/x\0${row("M.", "100644", "a")}`,
    { head: id, branch: "topic/x", staged: [{ path: "a" }] },
  ],
  ["no commit yet", "# branch.oid (initial)\0# branch.head main\0", { head: undefined, branch: "main" }],
  ["no branch", `# branch.oid ${id}\0# branch.head (detached)\0`, { head: id, branch: undefined }],
  ["nothing", "", { head: undefined, branch: undefined, staged: [] }],
];

for (const [name, text, expected] of rows) {
  test(`${name} is read from git's status`, () => {
    expect(state(text)).toMatchObject(expected);
  });
}
