import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { paddingOf, tarEnd, type TarEntry, tarHeader } from "../../../lib/image/container/tar-header.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const entry: TarEntry = { name: "disk/a.qcow2", type: "file", mode: 0o440, id: 107, size: 5, mtime: 86_400 };

test("tar reads name, mode, owner, size and time as they were written", () => {
  using folder = tempFolder();
  const path = join(folder.path, "one.tar");
  const folderEntry = tarHeader({ ...entry, name: "disk/", type: "folder", mode: 0o555, size: 0 });
  const content = Buffer.from("hello");
  writeFileSync(
    path,
    Buffer.concat([folderEntry, tarHeader(entry), content, Buffer.alloc(paddingOf(content.length)), tarEnd])
  );
  const ran = Bun.spawnSync(["tar", "--utc", "--numeric-owner", "-tvf", path], { stderr: "pipe" });
  expect([ran.stderr.toString(), ran.stdout.toString().replaceAll(/ +/g, " ").trim().split("\n")]).toEqual([
    "",
    ["dr-xr-xr-x 107/107 0 1970-01-02 00:00 disk/", "-r--r----- 107/107 5 1970-01-02 00:00 disk/a.qcow2"],
  ]);
  expect(Bun.spawnSync(["tar", "-xOf", path, entry.name]).stdout.toString()).toBe("hello");
});

test.each([0, 1, 0o77777777777, 0o77777777777 + 1, 2 ** 41])("a size of %i is read as it is", (size) => {
  const listed = Bun.spawnSync(["tar", "--numeric-owner", "-tvf", "-"], { stdin: tarHeader({ ...entry, size }) });
  expect(listed.stdout.toString()).toContain(` ${size} `);
});

test.each([
  [0, 0],
  [1, 511],
  [511, 1],
  [512, 0],
  [513, 511],
])("a content of %i bytes is followed by %i", (size, padding) => {
  expect(paddingOf(size)).toBe(padding);
});

test("a name that does not fit is a bug, not a wrong archive", () => {
  expect(() => tarHeader({ ...entry, name: "n".repeat(101) })).toThrow("too long");
});
