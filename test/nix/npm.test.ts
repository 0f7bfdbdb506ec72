import { expect } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { home } from "../support/sandbox.ts";
import type { NixHarness } from "./support/harness.ts";
import { nixTest } from "./support/nix-test.ts";
import { withStandIns } from "./support/programs.ts";

const test = withStandIns((await nixTest()).test);

interface Pinned {
  readonly path: string;
  readonly name: string;
  readonly version: string;
  readonly hash: string;
}

async function pinnedFor(nix: NixHarness, platform: string): Promise<readonly Pinned[]> {
  const expression = `import ${nix.flake}/nix/npm/lock.nix {
    lib = import ${nix.inputPaths.get("nixpkgs")}/lib;
    lockFile = ${nix.flake}/bun.lock;
    hostPlatform = ${platform};
  }`;
  const ran = await nix.nix(["eval", "--json", "--impure", "--expr", expression]);
  expect(ran.stderr).not.toContain("error:");
  return JSON.parse(ran.stdout) as readonly Pinned[];
}

const here = `{ isDarwin = ${process.platform === "darwin"}; isAarch64 = ${process.arch === "arm64"}; }`;

test("Nix reads of bun.lock what Bun installed, and where", async (nix) => {
  const pinned = await pinnedFor(nix, here);
  expect(pinned.length).toBeGreaterThan(400);
  for (const { path, name, version } of pinned) {
    const installed = JSON.parse(readFileSync(join(home, "node_modules", path, "package.json"), "utf8")) as Pinned;
    expect(`${installed.name} ${installed.version}`).toBe(`${name} ${version}`);
  }
});

test("the hashes are those of bun.lock, and what only tests need is left out", async (nix) => {
  const pinned = await pinnedFor(nix, here);
  const lock = readFileSync(join(home, "bun.lock"), "utf8");
  for (const { hash } of pinned) {
    expect(hash).toMatch(/^sha512-[A-Za-z0-9+/]{86}==$/);
    expect(lock).toContain(`"${hash}"]`);
  }
  const names = new Set(pinned.map(({ path }) => path));
  expect(Object.keys(manifest.dependencies).filter((name) => !names.has(name))).toEqual([]);
  expect(names.has("playwright-core")).toBe(false);
  expect(names.has("@types/bun")).toBe(false);
});

test("each system has one Bun, and only native packages of its own", async (nix) => {
  const expected: Readonly<Record<string, string>> = {
    "{ isDarwin = false; isAarch64 = false; }": "linux-x64",
    "{ isDarwin = false; isAarch64 = true; }": "linux-aarch64",
    "{ isDarwin = true; isAarch64 = false; }": "darwin-x64",
    "{ isDarwin = true; isAarch64 = true; }": "darwin-aarch64",
  };
  for (const [platform, name] of Object.entries(expected)) {
    const names = (await pinnedFor(nix, platform)).map((one) => one.name);
    expect(names.filter((one) => one.startsWith("@oven/bun-"))).toEqual([`@oven/bun-${name}`]);
    // As packages call themselves whose programs are native.
    const native = names.filter((one) => /-(linux|darwin|win32|freebsd|android)-/.test(one));
    const own = new RegExp(`-${name.replace("aarch64", "(aarch64|arm64)")}(-gnu)?$`);
    expect(native.length).toBeGreaterThan(1);
    expect(native.filter((one) => !own.test(one))).toEqual([]);
  }
});

test("the store has them in one tree, with the pinned Bun beside it", async (nix) => {
  const [eslint, bun] = await nix.build("legacyPackages.x86_64-linux.konductor.tools.eslint", "bun");
  const modules = /\S+-node-modules/.exec(readFileSync(join(eslint, "bin/eslint"), "utf8"))?.[0] ?? "";
  expect(existsSync(join(modules, "node_modules/typescript-eslint/package.json"))).toBe(true);
  expect(existsSync(join(modules, "node_modules/@types/bun"))).toBe(false);
  const said = Bun.spawnSync([join(bun, "bin/bun"), "--version"]);
  expect(said.stdout.toString().trim()).toBe(manifest.dependencies.bun);
});
