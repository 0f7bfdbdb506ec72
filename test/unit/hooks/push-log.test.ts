import { expect, test } from "bun:test";
import { parseLog } from "../../../lib/hooks/commit-log.ts";
import { parsePushed } from "../../../lib/hooks/pushed-refs.ts";

const id = (digit: string): string => digit.repeat(40);
const zeros = id("0");

test("a push's lines become refs, with none for what is not there", () => {
  const stdin = [
    `refs/heads/main ${id("1")} refs/heads/main ${id("2")}`,
    `refs/heads/new ${id("3")} refs/heads/new ${zeros}`,
    `(delete) ${zeros} refs/heads/old ${id("4")}`,
    `HEAD~1 ^{/a b} ${id("5")} refs/heads/x ${zeros}`,
    `refs/tags/long ${"6".repeat(64)} refs/tags/long ${"0".repeat(64)}`,
    "nonsense",
    "",
  ].join("\n");
  expect(parsePushed(stdin)).toEqual([
    { localRef: "refs/heads/main", localId: id("1"), remoteRef: "refs/heads/main", remoteId: id("2") },
    { localRef: "refs/heads/new", localId: id("3"), remoteRef: "refs/heads/new", remoteId: undefined },
    { localRef: "(delete)", localId: undefined, remoteRef: "refs/heads/old", remoteId: id("4") },
    { localRef: "HEAD~1 ^{/a b}", localId: id("5"), remoteRef: "refs/heads/x", remoteId: undefined },
    { localRef: "refs/tags/long", localId: "6".repeat(64), remoteRef: "refs/tags/long", remoteId: undefined },
  ]);
  expect(parsePushed("")).toEqual([]);
});

test("a log's rows become files by commit; merges have a column per parent, deletions and submodules are left out", () => {
  const rows = [
    id("a"),
    `\n:100644 100755 ${id("1")} ${id("2")} M`,
    "a b.txt",
    `:100644 000000 ${id("1")} ${zeros} D`,
    "gone",
    `:000000 160000 ${zeros} ${id("3")} A`,
    "module",
    `:000000 120000 ${zeros} ${id("4")} A`,
    "link",
    id("b"),
    "",
    `::100644 100644 100644 ${id("1")} ${id("2")} ${id("5")} MM`,
    ":odd\nname",
    `:::100644 000000 100644 100644 ${id("1")} ${zeros} ${id("2")} ${id("6")} MAM`,
    "three",
    id("c"),
  ];
  expect(parseLog(new TextEncoder().encode(rows.map((row) => `${row}\0`).join("")))).toEqual([
    { commit: id("a"), path: "a b.txt", mode: "executable", blob: id("2") },
    { commit: id("a"), path: "link", mode: "symlink", blob: id("4") },
    { commit: id("b"), path: ":odd\nname", mode: "file", blob: id("5") },
    { commit: id("b"), path: "three", mode: "file", blob: id("6") },
  ]);
  expect(parseLog(new Uint8Array())).toEqual([]);
});
