import { expect, test } from "bun:test";
import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { moveIn } from "../../../lib/hooks/apply.ts";
import { type Disk, realDisk } from "../../../lib/hooks/disk.ts";
import type { Move } from "../../../lib/hooks/prepare.ts";
import { type Mark, markOf } from "../../../lib/hooks/working-file.ts";
import { tempFolder, type TempFolder } from "../../support/temp-folder.ts";

const exchanges = process.platform === "linux";

/** A file of the user's, kept and about to be replaced. */
function prepared(folder: TempFolder): Move {
  const target = folder.write("top/a", "old");
  folder.folder("run");
  linkSync(target, folder.at("run/old-0"));
  const fresh = folder.write("run/new-0", "new");
  return {
    path: "a",
    old: markOf(target) as Mark,
    new: markOf(fresh) as Mark,
    fresh: { name: "new-0", beside: false },
    kept: "old-0",
  };
}

const where = (folder: TempFolder) => ({ top: folder.at("top"), run: folder.at("run") });
const read = (folder: TempFolder): string => readFileSync(folder.at("top/a"), "utf8");

test("a file that is what it was is replaced, and the old one can still be looked at", () => {
  using folder = tempFolder();
  const move = prepared(folder);
  expect(moveIn(realDisk, where(folder), move)).toBe("written");
  expect([read(folder), readFileSync(folder.at("run/old-0"), "utf8")]).toEqual(["new", "old"]);
});

const saves: readonly (readonly [how: string, save: (path: string) => void])[] = [
  ["in place", (path) => writeFileSync(path, "saved")],
  [
    "by rename",
    (path) => {
      writeFileSync(`${path}.tmp`, "saved");
      renameSync(`${path}.tmp`, path);
    },
  ],
  ["of the same size", (path) => writeFileSync(path, "OLD")],
];

for (const [how, save] of saves) {
  test(`a save ${how} before it wins`, () => {
    using folder = tempFolder();
    const move = prepared(folder);
    save(folder.at("top/a"));
    const saved = read(folder);
    expect(moveIn(realDisk, where(folder), move)).toEqual({ path: "a", because: "changed-meanwhile" });
    expect([read(folder), saved]).toEqual([saved, saved]);
  });

  test.skipIf(!exchanges)(`a save ${how} in the very moment between the look and the change wins too`, () => {
    using folder = tempFolder();
    const move = prepared(folder);
    let saved = "";
    const disk: Disk = {
      ...realDisk,
      exchange(a, b) {
        if (saved === "") {
          save(folder.at("top/a"));
          saved = read(folder);
        }
        return realDisk.exchange(a, b);
      },
    };
    expect(moveIn(disk, where(folder), move)).toEqual({ path: "a", because: "changed-meanwhile" });
    expect(saved).not.toBe("");
    expect(read(folder)).toBe(saved);
  });
}

test("a file that is gone does not come back", () => {
  using folder = tempFolder();
  const move = prepared(folder);
  rmSync(folder.at("top/a"));
  expect(moveIn(realDisk, where(folder), move)).toEqual({ path: "a", because: "changed-meanwhile" });
  expect(existsSync(folder.at("top/a"))).toBe(false);
});

test("where two files cannot change places it is a rename", () => {
  using folder = tempFolder();
  const move = prepared(folder);
  expect(moveIn({ ...realDisk, exchange: () => false }, where(folder), move)).toBe("written");
  expect([read(folder), existsSync(folder.at("run/new-0"))]).toEqual(["new", false]);
});

test("what the disk says no to is told by its reason", () => {
  using folder = tempFolder();
  const move = prepared(folder);
  const broken = (): never => {
    throw Object.assign(new Error("EIO"), { code: "EIO" });
  };
  expect(moveIn({ ...realDisk, exchange: () => false, rename: broken }, where(folder), move)).toEqual({
    path: "a",
    because: "failed",
    detail: "the disk reports an error",
  });
  expect(read(folder)).toBe("old");
});
