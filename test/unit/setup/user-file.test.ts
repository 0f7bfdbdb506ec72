import { expect, test } from "bun:test";
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { show } from "../../../lib/core/problem.ts";
import { planFile } from "../../../lib/setup/user-file.ts";
import { writeUserFile } from "../../../lib/setup/write-file.ts";
import { testMachine } from "../../support/setup-machine.ts";

const now = new Date("2026-01-02T03:04:05.678Z");
const add = (text: string): string => `${text}added\n`;

function fileChange(path: string, make = add) {
  const planned = planFile(path, make, ["added"]);
  if (!planned.ok || planned.change?.kind !== "file") {
    throw new Error(JSON.stringify(planned));
  }
  return planned.change;
}

function refusal(path: string): string {
  const planned = planFile(path, add, ["added"]);
  if (planned.ok) {
    throw new Error("it was not refused");
  }
  const { message, hint } = show(planned.problem);
  return `${message}; ${hint ?? ""}`;
}

test("a change keeps the mode and the old text beside it, under a name that nothing had", async () => {
  using place = testMachine();
  const path = join(place.userHome, ".bashrc");
  writeFileSync(path, "one\n", { mode: 0o600 });
  writeFileSync(`${path}.before-k-20260102T030405Z`, "a backup from before\n");
  await writeUserFile(fileChange(path), now);
  expect(readFileSync(path, "utf8")).toBe("one\nadded\n");
  expect(lstatSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(`${path}.before-k-20260102T030405Z`, "utf8")).toBe("a backup from before\n");
  expect(readFileSync(`${path}.before-k-20260102T030405Z-2`, "utf8")).toBe("one\n");
  expect(lstatSync(`${path}.before-k-20260102T030405Z-2`).mode & 0o777).toBe(0o600);
  expect(readdirSync(place.userHome)).toHaveLength(3);
});

test("a new file is made with its folders, and never over one that came meanwhile", async () => {
  using place = testMachine();
  const path = join(place.userHome, "a/b/nix.conf");
  const change = fileChange(path);
  await writeUserFile(change, now);
  expect(readFileSync(path, "utf8")).toBe("added\n");
  writeFileSync(path, "somebody else's\n");
  expect(await writeUserFile(change, now).catch(String)).toContain("something else changed it just now");
  expect(readFileSync(path, "utf8")).toBe("somebody else's\n");
  expect(readdirSync(join(place.userHome, "a/b"))).toEqual(["nix.conf"]);
});

test("a file that changed since it was shown stays, and no backup is left", async () => {
  using place = testMachine({ "home/rc": "one\n" });
  const path = join(place.userHome, "rc");
  const change = fileChange(path);
  writeFileSync(path, "two\n");
  expect(await writeUserFile(change, now).catch(String)).toContain("something else changed it just now");
  expect(readFileSync(path, "utf8")).toBe("two\n");
  expect(readdirSync(place.userHome)).toEqual(["rc"]);
});

test("a link to a file of the user is followed and stays a link", async () => {
  using place = testMachine({ "dotfiles/bashrc": "one\n" });
  const path = join(place.userHome, ".bashrc");
  symlinkSync("../dotfiles/bashrc", path);
  const change = fileChange(path);
  expect(change.target).toBe(join(place.outer, "dotfiles/bashrc"));
  await writeUserFile(change, now);
  expect(lstatSync(path).isSymbolicLink()).toBe(true);
  expect(readFileSync(join(place.outer, "dotfiles/bashrc"), "utf8")).toBe("one\nadded\n");
  expect(readdirSync(join(place.outer, "dotfiles"))).toEqual(["bashrc"]);
});

test("what cannot be changed is refused with the lines to add", () => {
  using place = testMachine({ "home/read-only": "one\n", "home/closed/x": "" });
  const at = (name: string): string => join(place.userHome, name);
  chmodSync(at("read-only"), 0o444);
  mkdirSync(at("folder"));
  symlinkSync("nowhere", at("dangling"));
  symlinkSync("loop", at("loop"));
  writeFileSync(at("latin"), new Uint8Array([0x61, 0xe9, 0x0a]));
  chmodSync(at("closed"), 0o500);
  const said = Object.fromEntries(
    ["read-only", "folder", "dangling", "loop", "latin", "closed/new"].map((name) => [name, refusal(at(name))])
  );
  expect(Object.values(said).every((text) => text.includes("added"))).toBe(true);
  expect(said["read-only"]).toContain("it is marked read-only");
  expect(said["folder"]).toContain("it is no regular file");
  expect(said["dangling"]).toContain("it is a link that leads nowhere");
  expect(said["loop"]).toContain("symbolic links lead in a circle");
  expect(said["latin"]).toContain("it is not UTF-8 text");
  expect(said["closed/new"]).toContain("its folder cannot be written");
  expect(existsSync(at("closed/new"))).toBe(false);
});
