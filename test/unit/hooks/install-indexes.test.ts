import { expect, test } from "bun:test";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Disk, realDisk } from "../../../lib/hooks/disk.ts";
import { holdIndex, isSameIndex, signIndex } from "../../../lib/hooks/index-file.ts";
import { installIndexes, type NewIndex } from "../../../lib/hooks/install-indexes.ts";
import { twoFileSystems } from "../../support/small-disk.ts";
import { tempFolder, type TempFolder } from "../../support/temp-folder.ts";

function newIndex(folder: TempFolder, name: string): NewIndex {
  const target = folder.write(name, `old ${name}`);
  const before = signIndex(target);
  if (before === undefined) {
    throw new Error("it was just written");
  }
  return { target, file: folder.write(`new-${name}`, `new ${name}`), before };
}

const fails = (code: string): never => {
  throw Object.assign(new Error(code), { code });
};

test("new indexes come to the place of the old ones, and no lock is left", async () => {
  using folder = tempFolder();
  const indexes = [newIndex(folder, "a"), newIndex(folder, "b")];
  expect(await installIndexes(realDisk, indexes)).toBe("installed");
  expect(indexes.map(({ target }) => [readFileSync(target, "utf8"), existsSync(`${target}.lock`)])).toEqual([
    ["new a", false],
    ["new b", false],
  ]);
});

test("a lock that goes away is waited for, and one that stays lets nothing happen", async () => {
  using folder = tempFolder();
  const indexes = [newIndex(folder, "a"), newIndex(folder, "b")];
  writeFileSync(`${indexes[1]?.target}.lock`, "of another");
  let tries = 0;
  const disk: Disk = {
    ...realDisk,
    link(from, to) {
      if (String(to).endsWith("b.lock")) {
        tries += 1;
      }
      if (tries === 3) {
        rmSync(to, { force: true });
      }
      realDisk.link(from, to);
    },
  };
  expect(
    await installIndexes(
      { ...disk, link: (from, to) => (String(to).endsWith("b.lock") ? fails("EEXIST") : realDisk.link(from, to)) },
      indexes
    )
  ).toBe("locked");
  expect(indexes.map(({ target }) => readFileSync(target, "utf8"))).toEqual(["old a", "old b"]);
  expect([existsSync(folder.at("a.lock")), readFileSync(folder.at("b.lock"), "utf8")]).toEqual([false, "of another"]);
  expect([await installIndexes(disk, indexes), tries]).toEqual(["installed", 3]);
});

test("an index that is no longer what the new one was made from stays", async () => {
  using folder = tempFolder();
  const indexes = [newIndex(folder, "a"), newIndex(folder, "b")];
  rmSync(folder.at("b"));
  folder.write("b", "of another");
  expect(await installIndexes(realDisk, indexes)).toBe("changed");
  expect([readFileSync(folder.at("a"), "utf8"), readFileSync(folder.at("b"), "utf8")]).toEqual(["old a", "of another"]);
  expect([existsSync(folder.at("a.lock")), existsSync(folder.at("b.lock"))]).toEqual([false, false]);
});

test("without hard links the new index is copied, and half a copy is taken away again", async () => {
  using folder = tempFolder();
  const indexes = [newIndex(folder, "a")];
  const noLinks: Disk = { ...realDisk, link: () => fails("EPERM") };
  const full: Disk = {
    ...noLinks,
    copy(_from, to) {
      writeFileSync(to, "half");
      fails("ENOSPC");
    },
  };
  await expect(installIndexes(full, indexes)).rejects.toThrow("ENOSPC");
  expect([readFileSync(folder.at("a"), "utf8"), existsSync(folder.at("a.lock"))]).toEqual(["old a", false]);
  expect(await installIndexes(noLinks, indexes)).toBe("installed");
  expect(readFileSync(folder.at("a"), "utf8")).toBe("new a");
  writeFileSync(folder.at("a.lock"), "of another");
  expect(await installIndexes(noLinks, [{ ...newIndex(folder, "a") }])).toBe("locked");
  expect(readFileSync(folder.at("a.lock"), "utf8")).toBe("of another");
});

test("an index is held as it is although git replaces it, on another file system by a copy of the same age", () => {
  using folder = tempFolder();
  const index = folder.write("index", "old");
  const elsewhere = twoFileSystems()?.find((path) => !folder.path.startsWith(path));
  const places = [folder.path, ...(elsewhere === undefined ? [] : [mkdtempSync(join(elsewhere, "k-test-"))])];
  for (const place of places) {
    const held = join(place, "held");
    const signature = holdIndex(index, held);
    expect(isSameIndex(signature, signIndex(index))).toBe(true);
    expect(Math.floor((signIndex(held)?.mark.mtimeMs ?? 0) / 1000)).toBe(
      Math.floor((signature?.mark.mtimeMs ?? 0) / 1000)
    );
    rmSync(index);
    folder.write("index", "older");
    expect([readFileSync(held, "utf8"), isSameIndex(signature, signIndex(index))]).toEqual(["old", false]);
    rmSync(index);
    folder.write("index", "old");
  }
  expect([holdIndex(folder.at("none"), folder.at("x")), signIndex(folder.at("none"))]).toEqual([undefined, undefined]);
  for (const place of places.slice(1)) {
    rmSync(place, { recursive: true });
  }
});
