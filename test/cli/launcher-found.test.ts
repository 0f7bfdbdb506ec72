// From where `./k` can be called, and with which words.
import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { rmSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { type Clone, clone, type Probed, withBun } from "../support/clone.ts";
import { installing } from "../support/launch.ts";
import type { StartOptions } from "../support/launch-process.ts";

setDefaultTimeout(120_000);

let odd: Clone;

beforeAll(async () => {
  odd = await clone({ name: `-it's "a clone" of $HOME; (*)\n#1%20ü`, modules: true, small: true });
  const first = await odd.run([odd.at("k")], { env: { PATH: odd.path(withBun) } });
  expect([first.exitCode, first.stderr]).toEqual([0, installing]);
});

afterAll(() => odd[Symbol.asyncDispose]());

describe("k is found and finds its home", () => {
  const cases: readonly (readonly [string, () => readonly [readonly string[], StartOptions]])[] = [
    ["by its full path", () => [[odd.at("k")], {}]],
    ["by a relative path, from beside", () => [["sh", "-c", 'exec "./$0/k" "$@"', basename(odd.root)], {}]],
    ["by a relative path that starts with a dash", () => [[`${basename(odd.root)}/k`], {}]],
    ["from its own folder", () => [["./k"], { cwd: odd.root }]],
    ["from a folder of its own", () => [["../../k"], { cwd: odd.at("lib/core") }]],
    ["by PATH", () => [["env", "k"], { env: { PATH: `/nowhere:${odd.root}:/usr/bin:/bin` } }]],
    ["by a relative folder of PATH", () => [["env", "k"], { cwd: odd.at("lib"), env: { PATH: "..:/usr/bin:/bin" } }]],
    ["as the argument of sh", () => [["sh", "k"], { cwd: odd.root }]],
    ["by a link to it", () => [[link("to k", odd.at("k"))], {}]],
    [
      "by a relative link to a link",
      () => [[link("to link", basename(link("to be linked", `${basename(odd.root)}/k`)))], {}],
    ],
    [
      "by a link that PATH finds",
      () => [["env", basename(link("k-by-name", odd.at("k")))], { env: { PATH: `${odd.outer}:/usr/bin:/bin` } }],
    ],
    ["by a link to its folder", () => [[join(link("to the folder", odd.root), "k")], {}]],
    ["with CDPATH set", () => [["./k"], { cwd: odd.root, env: { CDPATH: "/:/usr" } }]],
    ["with a PWD that lies", () => [["./k"], { cwd: odd.root, env: { PWD: "/usr" } }]],
  ];
  for (const [how, start] of cases) {
    test(how, async () => {
      const [argv, options] = start();
      const { home, argv: got } = await probed([...argv, "a b", "-c"], options);
      expect(home).toBe(odd.at("bin"));
      expect(got).toEqual(["a b", "-c"]);
    });
  }
});

describe("arguments arrive as they were given", () => {
  const lists: readonly (readonly string[])[] = [
    [],
    [""],
    ["", "", " "],
    ["a b", " a", "b ", "\ta\n", "\n"],
    ["$HOME", "`id`", "$(id)", "*", "?", "~", "[a]", "{a,b}", "!", "\\", "\\n", "'", '"', "''"],
    ["--"],
    ["--", "--", "lint"],
    ["lint", "--", "--fix", "--"],
    ["-e", "1", "--eval", "--version", "-v", "--help", "-h", "--config=x", "--cwd", "/", "--bun", "-C", "/"],
    ["ü", "日本", "👍", "e\u0301"],
    ["run", "install", "test", "x", "build"],
  ];
  for (const list of lists) {
    test(JSON.stringify(list), async () => {
      expect((await probed([odd.at("k"), ...list])).argv).toEqual(list);
    });
  }
});

async function probed(argv: readonly string[], options?: StartOptions): Promise<Probed> {
  const ran = await odd.run(argv, options);
  expect(ran.stderr).toBe("");
  return JSON.parse(ran.stdout) as Probed;
}

function link(name: string, target: string): string {
  const path = join(odd.outer, name);
  rmSync(path, { force: true });
  symlinkSync(target, path);
  return path;
}
