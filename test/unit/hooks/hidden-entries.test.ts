import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { findHidden, parseHidden } from "../../../lib/hooks/hidden-entries.ts";
import { makeHooked } from "../../support/hooked-repository.ts";

/** Names of every length around the padding, some with a long part in common, one too long for the entry's own length. */
const names = [
  ...Array.from({ length: 12 }, (_, at) => "x".repeat(at + 1)),
  ...Array.from({ length: 12 }, (_, at) => `folder/in/folder/${at}`),
  "grün",
  "bad\udcff",
  `${"long/".repeat(820)}name`,
];

for (const version of [2, 3, 4]) {
  for (const format of ["sha1", "sha256"] as const) {
    test(`what is hidden is found in an index of version ${version} with ${format}, as git lists it`, () => {
      using repository = makeHooked();
      repository.git("init", "--quiet", `--object-format=${format}`, "other");
      const git = (args: readonly string[], stdin = ""): Buffer =>
        Bun.spawnSync(["git", ...args], {
          cwd: repository.at("other"),
          env: repository.env,
          stdin: Buffer.from(stdin, "latin1"),
        }).stdout;
      const blob = git(["hash-object", "-w", "--stdin"]).toString().trim();
      const bytes = (name: string): string =>
        Buffer.from(name.replace("\udcff", "")).toString("latin1") + (name.includes("\udcff") ? "\xff" : "");
      git(["update-index", "-z", "--index-info"], names.map((name) => `100644 ${blob}\t${bytes(name)}\0`).join(""));
      const flag = (option: string, modulo: number): void =>
        void git(
          ["update-index", option, "-z", "--stdin"],
          names
            .filter((_, at) => at % modulo === 0)
            .map((name) => `${bytes(name)}\0`)
            .join("")
        );
      flag("--assume-unchanged", 3);
      // An extended flag needs version 3.
      if (version > 2) {
        flag("--skip-worktree", 4);
      }
      git(["update-index", "--index-version", String(version)]);
      const index = readFileSync(repository.at("other/.git/index"));
      expect(index.readUInt32BE(4)).toBe(version);
      const found = findHidden(index, format === "sha1" ? 20 : 32);
      const listed = parseHidden(git(["ls-files", "-v", "-z"]));
      const sorted = (all: Iterable<string> | undefined): readonly string[] => [...(all ?? [])].toSorted();
      expect([sorted(found?.assumed), sorted(found?.skipped)]).toEqual([
        sorted(listed.assumed),
        sorted(listed.skipped),
      ]);
      expect(sorted(found?.assumed)).toEqual(names.filter((_, at) => at % 3 === 0).toSorted());
      expect(found?.skipped.size).toBe(version > 2 ? 7 : 0);
    });
  }
}

test("an index whose entries are in another file says nothing, and neither does what is none", () => {
  using repository = makeHooked({ a: "1\n" });
  repository.git("update-index", "--split-index");
  expect(findHidden(readFileSync(repository.at(".git/index")), 20)).toBeUndefined();
  expect(findHidden(new Uint8Array(), 20)).toBeUndefined();
  expect(findHidden(Buffer.from("DIRC\0\0\0\x05\0\0\0\0"), 20)).toBeUndefined();
});
