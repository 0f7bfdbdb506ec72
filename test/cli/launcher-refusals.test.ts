// What `./k` says, and leaves, where it cannot install itself.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Clone, clone, coreutils, withBun } from "../support/clone.ts";
import { expectNothingLeft, installing } from "../support/launch.ts";
import { closedRegistry } from "../support/npm-registry.ts";

setDefaultTimeout(120_000);

const ways = "https://bun.sh, https://nodejs.org, https://lix.systems";
/** A program that says its version, and keeps what else it is asked. */
const fakeBun = (version: string) =>
  `[ "$1" = --version ] && { echo ${version}; exit; }; echo "$@" > "$0.called"; exit 1`;

describe("without a way to a Bun, k says one thing and leaves nothing", () => {
  const none = `error: k needs Bun 1.4, npm or Nix, and none of them is on PATH\nhint: install one of them: ${ways}\n`;
  const other = (what: string) =>
    `error: k needs Bun 1.4 or a later 1.x, and the one on PATH ${what}\nhint: \`bun upgrade\`, or install one of them: ${ways}\n`;
  const cases: readonly (readonly [string, readonly string[], Readonly<Record<string, string>>, string])[] = [
    ["an empty PATH", [], {}, none],
    ["a PATH with all but them", [...coreutils, "git", "tar", "node"], {}, none],
    ["npm without Node", [...coreutils, "npm"], {}, none],
    ["a Bun that is too old", coreutils, { bun: fakeBun("1.1.0") }, other("is 1.1.0")],
    ["a Bun that is a little too old", coreutils, { bun: fakeBun("1.3.14") }, other("is 1.3.14")],
    ["a Bun that is too new", coreutils, { bun: fakeBun("2.0.0") }, other("is 2.0.0")],
    ["a Bun that does not start", coreutils, { bun: "exit 1" }, other("does not start")],
    ["a Bun that crashes", coreutils, { bun: "kill -SEGV $$" }, other("does not start")],
  ];
  let copy: Clone;
  beforeAll(async () => {
    copy = await clone({ small: true });
  });
  afterAll(() => copy[Symbol.asyncDispose]());

  for (const [name, programs, scripts, stderr] of cases) {
    test(name, async () => {
      const PATH = copy.path(programs, scripts);
      expect(await copy.run([copy.at("k"), "lint"], { env: { PATH } })).toEqual({ exitCode: 3, stdout: "", stderr });
      expect(existsSync(join(PATH, "bun.called"))).toBe(false);
      expectNothingLeft(copy);
    });
  }

  for (const program of coreutils.filter((name) => name !== "cmp")) {
    test(`\`${program}\` is missing`, async () => {
      const ran = await copy.run([copy.at("k")], {
        env: { PATH: copy.path(withBun.filter((name) => name !== program)) },
      });
      expect(ran).toEqual({
        exitCode: 3,
        stdout: "",
        stderr: `error: k needs \`${program}\` to install itself, and it is not on PATH\n`,
      });
      expectNothingLeft(copy);
    });
  }
});

test("a clone without its lockfile", async () => {
  await using copy = await clone({ small: true });
  rmSync(copy.at("bun.lock"));
  const ran = await copy.run([copy.at("k")], { env: { PATH: copy.path(withBun) } });
  expect(ran).toEqual({
    exitCode: 3,
    stdout: "",
    stderr: `error: there is no ${copy.at("bun.lock")}\nhint: k starts in a whole clone only\n`,
  });
});

for (const name of ["what?", "back\\slash"]) {
  test(`a folder that Bun cannot run from: ${name}`, async () => {
    await using copy = await clone({ small: true, name });
    const ran = await copy.run([copy.at("k")], { env: { PATH: copy.path(withBun) } });
    expect([ran.exitCode, ran.stdout]).toEqual([3, ""]);
    expect(ran.stderr).toStartWith("error: Bun runs nothing in a folder that has a `?` or a `\\` in its name: ");
  });
}

test("a good Bun behind a bad one on PATH is found", async () => {
  await using copy = await clone({ small: true, modules: true });
  rmSync(copy.at("node_modules/@oven"), { recursive: true });
  const first = copy.path([], { bun: fakeBun("1.1.0") });
  const ran = await copy.run([copy.at("k")], { env: { PATH: `relative:${first}::${copy.path(withBun)}` } });
  expect(ran.exitCode).toBe(0);
  expect(existsSync(join(first, "bun.called"))).toBe(false);
});

test("without `cmp`, it installs once more and not for ever", async () => {
  await using copy = await clone({ small: true, modules: true });
  const env = { PATH: copy.path(withBun.filter((name) => name !== "cmp")) };
  await copy.run([copy.at("k")], { env });
  await copy.run(["touch", copy.at("bun.lock")]);
  expect((await copy.run([copy.at("k")], { env })).stderr).toBe(installing);
  expect((await copy.run([copy.at("k")], { env })).stderr).toBe("");
});

test("with a Bun and no network, k says so, and a later call installs", async () => {
  await using copy = await clone({ small: true });
  const PATH = copy.path(withBun);
  const ran = await copy.run([copy.at("k")], {
    env: { PATH, npm_config_registry: closedRegistry(), BUN_INSTALL_CACHE_DIR: join(copy.outer, "empty") },
  });
  expect([ran.exitCode, ran.stdout]).toEqual([3, ""]);
  expect(ran.stderr).toEndWith(
    "error: the packages of bun.lock could not be installed\nhint: Bun says above why: with no network, run k again when there is one\n"
  );
  expect((await copy.run([copy.at("k")], { env: { PATH } })).exitCode).toBe(0);
});
