import { expect, test } from "bun:test";
import { parsePorcelainV2 } from "../../../lib/git/porcelain.ts";

const id = "1".repeat(40);
const zero = "0".repeat(40);

const rows: readonly (readonly [name: string, bytes: string, expected: object])[] = [
  [
    "a staged change",
    `1 M. N... 100644 100644 100644 ${zero} ${id} a.ts\0`,
    { type: "changed", index: "M", worktree: ".", mode: "100644", blob: id, submodule: false },
  ],
  [
    "a name with spaces",
    `1 A. N... 000000 100755 100755 ${zero} ${id}  a b \0`,
    { path: { text: " a b " }, index: "A", mode: "100755" },
  ],
  [
    "a name with a newline",
    `1 .M N... 100644 100644 100644 ${id} ${id} a\nb\0`,
    { path: { text: "a\nb" }, index: ".", worktree: "M" },
  ],
  ["intent to add", `1 .A N... 000000 000000 100644 ${zero} ${zero} a\0`, { worktree: "A", mode: "000000" }],
  ["a staged file that is gone", `1 MD N... 100644 100644 000000 ${zero} ${id} a\0`, { index: "M", worktree: "D" }],
  ["a type change", `1 T. N... 100644 120000 120000 ${zero} ${id} a\0`, { index: "T", mode: "120000" }],
  ["a submodule", `1 M. SC.. 160000 160000 160000 ${zero} ${id} sub\0`, { submodule: true }],
  [
    "a conflict",
    `u UU N... 100644 100644 100644 100644 ${id} ${id} ${id} c d\0`,
    { type: "unmerged", path: { text: "c d" } },
  ],
  ["an untracked file", "? new file\0", { type: "untracked", path: { text: "new file" } }],
  [
    "SHA-256",
    `1 M. N... 100644 100644 100644 ${"0".repeat(64)} ${"2".repeat(64)} a\0`,
    { blob: "2".repeat(64), path: { text: "a" } },
  ],
  [
    "headings and ignored files around it",
    `# branch.oid ${id}\0! dist/\0? x\0`,
    { type: "untracked", path: { text: "x" } },
  ],
];

for (const [name, bytes, expected] of rows) {
  test(`${name} is read`, () => {
    const entries = parsePorcelainV2(new TextEncoder().encode(bytes));
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject(expected);
  });
}

test("the old name of a rename is not an entry of its own", () => {
  const bytes = `2 R. N... 100644 100644 100644 ${id} ${id} R100 new name\0old name\0? x\0`;
  expect(parsePorcelainV2(new TextEncoder().encode(bytes)).map(({ path }) => path.text)).toEqual(["new name", "x"]);
});

test("the bytes of a name that is not UTF-8 are kept", () => {
  const bytes = Buffer.concat([
    Buffer.from(`1 M. N... 100644 100644 100644 ${zero} ${id} `),
    Buffer.from([0x61, 0xff, 0]),
    Buffer.from("? b\0"),
  ]);
  const [odd, next] = parsePorcelainV2(bytes);
  expect(odd?.path).toMatchObject({ text: "a\ufffd", odd: true });
  expect([...(odd?.path.bytes ?? [])]).toEqual([0x61, 0xff]);
  expect(next?.path).toMatchObject({ text: "b", odd: false });
});

test("no output is no entry, and what git does not print is an error", () => {
  expect(parsePorcelainV2(new Uint8Array())).toEqual([]);
  expect(() => parsePorcelainV2(new TextEncoder().encode("fatal: no\0"))).toThrow("git status printed");
  expect(() => parsePorcelainV2(new TextEncoder().encode("1 M. N...\0"))).toThrow("too few fields");
});
