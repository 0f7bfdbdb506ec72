import { expect, test } from "bun:test";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import type { ListedFile } from "../../../lib/core/file-list.ts";
import { scanFiles } from "../../../lib/lint/scan.ts";
import { makeSandbox, type Sandbox } from "../git/repository.ts";

const listed = (...paths: string[]): readonly ListedFile[] => paths.map((path) => ({ path, tracked: true }));

/** Each file with what a table can show of it. */
const scan = async ({ root }: Sandbox, ...paths: string[]) =>
  Object.fromEntries(
    (await scanFiles(root, listed(...paths))).map(({ path, kind, mode, binary, size }) => [
      path,
      [kind, mode, binary ? "binary" : "text", size],
    ])
  );

test("kind, mode, size and whether it is text are told of each file", async () => {
  using box = makeSandbox();
  box.write({
    "a.ts": "1\n",
    tool: "#!/bin/sh\n",
    "pic.png": "x",
    data: "a\0b",
    "data.unknown": "a\0b",
    "text.unknown": "abc",
    "wide.unknown": "\xff\xfea",
    LICENSE: "MIT\n",
    "late.unknown": `${"a".repeat(8000)}\0`,
  });
  box.write({ "utf16.unknown": Buffer.from([0xff, 0xfe, 0x2d, 0x4e]) });
  chmodSync(box.path("tool"), 0o755);
  symlinkSync("a.ts", box.path("link.ts"));
  expect(
    await scan(
      box,
      "a.ts",
      "tool",
      "pic.png",
      "data",
      "data.unknown",
      "text.unknown",
      "LICENSE",
      "link.ts",
      "late.unknown",
      "utf16.unknown"
    )
  ).toEqual({
    "a.ts": ["typescript", "file", "text", 2],
    tool: ["shell", "executable", "text", 10],
    "pic.png": ["other", "file", "binary", 1],
    data: ["other", "file", "binary", 3],
    "data.unknown": ["other", "file", "binary", 3],
    "text.unknown": ["other", "file", "text", 3],
    LICENSE: ["text", "file", "text", 4],
    "link.ts": ["other", "symlink", "text", 4],
    "late.unknown": ["other", "file", "text", 8001],
    "utf16.unknown": ["other", "file", "binary", 4],
  });
});

test("a large file is looked into whatever its name says", async () => {
  using box = makeSandbox();
  box.write({ "film.ts": Buffer.alloc(1_000_001), "long.ts": "a".repeat(1_000_001) });
  expect(await scan(box, "film.ts", "long.ts")).toEqual({
    "film.ts": ["typescript", "file", "binary", 1_000_001],
    "long.ts": ["typescript", "file", "text", 1_000_001],
  });
});

test("what is gone, is a folder, a FIFO or a socket is left out, and nothing blocks", async () => {
  using box = makeSandbox();
  mkdirSync(box.path("folder"));
  Bun.spawnSync(["mkfifo", box.path("pipe"), box.path("pipe.ts")]);
  box.write({ "a.ts": "1\n" });
  expect(Object.keys(await scan(box, "gone", "folder", "pipe", "pipe.ts", "a.ts", "a.ts/below"))).toEqual(["a.ts"]);
});

test("attributes mark files as binary, generated, in LFS, or with a line ending", async () => {
  using box = makeSandbox();
  box.write({ "a.dat": "1\n", "gen.ts": "1\n", "big.ts": "1\n", "w.txt": "1\n", "own.ts": "1\n" });
  const none = { binary: false, generated: false, lfs: false };
  const attributes = Promise.resolve(
    new Map([
      ["a.dat", { ...none, binary: true }],
      ["gen.ts", { ...none, generated: true }],
      ["big.ts", { ...none, lfs: true }],
      ["w.txt", { ...none, eol: "crlf" } as const],
    ])
  );
  const entries = await scanFiles(box.root, listed("a.dat", "gen.ts", "big.ts", "w.txt", "own.ts"), { attributes });
  expect(entries.map(({ binary, generated, lfs, eol }) => [binary, generated, lfs, eol])).toEqual([
    [true, false, undefined, undefined],
    [false, true, undefined, undefined],
    [false, false, true, undefined],
    [false, false, undefined, "crlf"],
    [false, false, undefined, undefined],
  ]);
});

test("told to trust the index, it does not ask the disk about unchanged files", async () => {
  using box = makeSandbox();
  box.write({ "changed.ts": "1\n" });
  const files: readonly ListedFile[] = [
    { path: "not-there.ts", tracked: true, mode: "executable", blob: "abc" },
    { path: "changed.ts", tracked: true },
  ];
  expect(await scanFiles(box.root, files, { trustIndex: true })).toEqual([
    {
      path: "not-there.ts",
      kind: "typescript",
      size: undefined,
      mode: "executable",
      binary: false,
      generated: false,
      blob: "abc",
    },
    { path: "changed.ts", kind: "typescript", size: 2, mode: "file", binary: false, generated: false },
  ]);
});

test("ten thousand files are scanned in their order", async () => {
  using box = makeSandbox();
  const paths = Array.from({ length: 10_000 }, (_, index) => `d${index % 100}/f${index}.ts`);
  box.write(Object.fromEntries(paths.map((path) => [path, ""])));
  expect((await scanFiles(box.root, listed(...paths))).map(({ path }) => path)).toEqual(paths);
});
