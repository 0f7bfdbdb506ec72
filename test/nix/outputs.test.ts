import { expect } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { configOf } from "../../lib/config/config.ts";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { home } from "../support/sandbox.ts";
import { nixTest } from "./support/nix-test.ts";
import { withStandIns } from "./support/programs.ts";

const { test } = await nixTest();
const testBuilt = withStandIns(test);
const systems = ["aarch64-darwin", "aarch64-linux", "x86_64-darwin", "x86_64-linux"];
const shells = konductorFacts.shells.map(({ name }) => name).sort();

/** What each system offers; others may add to it. */
const promised = {
  packages: ["bun", "default", "k", "nvim", "tmux"],
  checks: ["k", "shells", "tools"],
  apps: ["default", "k", "nvim", "tmux"],
};

/** Name to store derivation, for an output that has a set of them for each system. */
const derivations = "output: builtins.mapAttrs (_: builtins.mapAttrs (_: d: d.drvPath or d.program)) output";

test("every shell evaluates down to its derivation on every system", async (nix) => {
  const found = (await nix.evaluate("devShells", derivations)) as Record<string, Record<string, string>>;
  expect(Object.keys(found).sort()).toEqual(systems);
  for (const system of systems) {
    expect(Object.keys(found[system] ?? {}).sort()).toEqual(shells);
  }
});

for (const [output, names] of Object.entries(promised)) {
  test(`all ${output} evaluate on every system`, async (nix) => {
    const found = (await nix.evaluate(output, derivations)) as Record<string, Record<string, string>>;
    expect(Object.keys(found).sort()).toEqual(systems);
    for (const system of systems) {
      expect(Object.keys(found[system] ?? {})).toEqual(expect.arrayContaining(names));
    }
  });
}

test("every wrapped tool and package set evaluates on every system", async (nix) => {
  const apply = `systems: builtins.mapAttrs (_: { konductor, ... }: {
    tools = builtins.mapAttrs (_: t: t.outPath) konductor.tools;
    sets = builtins.mapAttrs (_: map (p: p.outPath)) konductor.sets;
  }) systems`;
  const found = (await nix.evaluate("legacyPackages", apply)) as Record<string, { sets: object }>;
  expect(Object.keys(found).sort()).toEqual(systems);
});

test("the thirteen linters and eight formatters of the readme are in their sets", async (nix) => {
  const apply =
    "sets: builtins.mapAttrs (_: map (p: p.meta.mainProgram or p.name)) { inherit (sets) linters formatters; }";
  const sets = (await nix.evaluate("legacyPackages.x86_64-linux.konductor.sets", apply)) as Record<string, string[]>;
  expect(sets["linters"]).toHaveLength(13);
  const formatters = new Set([...(sets["formatters"] ?? []), "ruff"]);
  expect(formatters.size).toBe(8);
});

test("what only Linux has is in no set of macOS", async (nix) => {
  const apply =
    "systems: builtins.mapAttrs (_: { konductor, ... }: map (p: p.name) (konductor.sets.system ++ konductor.sets.selfHosting)) systems";
  const found = (await nix.evaluate("legacyPackages", apply)) as Record<string, string[]>;
  expect(found["x86_64-linux"]?.join(" ")).toMatch(/gosu.*guestfs-tools/);
  expect(found["aarch64-linux"]?.join(" ")).not.toContain("guestfs-tools");
  expect(found["aarch64-darwin"]?.join(" ")).not.toMatch(/gosu|linux-pam|guestfs-tools/);
});

testBuilt("checks that need no nixpkgs are built, and pass", async (nix) => {
  const [tools, hooks] = await nix.build("checks.x86_64-linux.tools", "checks.x86_64-linux.shells");
  expect(readFileSync(tools, "utf8")).toContain("[--version]");
  expect(hooks).toContain("konductor-shell-hooks");
});

test("the formatter of each system is the one that owns Nix files in `k format`", async (nix) => {
  const found = await nix.evaluate("formatter", "builtins.mapAttrs (_: d: builtins.seq d.drvPath d.pname)");
  const { nix: owner } = configOf(new Map(), false).format.owners;
  expect(found).toEqual(Object.fromEntries(systems.map((system) => [system, owner])));
});

test("an attribute that nixpkgs lacks is an error", async (nix) => {
  const nixpkgs = nix.inputPaths.get("nixpkgs");
  const expression = `(import ${nixpkgs} { system = "x86_64-linux"; }).ripgrepp.drvPath`;
  const ran = await nix.nix(["eval", "--impure", "--expr", expression]);
  expect(ran.exitCode).not.toBe(0);
  expect(ran.stderr).toContain("attribute 'ripgrepp' missing");
});

test("the branches in flake.nix are those of nix/lib/versions.nix, and flake.lock follows them", () => {
  const { branch } = konductorFacts.versions.nixos;
  const text = readFileSync(join(home, "flake.nix"), "utf8");
  const branches = [...text.matchAll(/url = "github:[^/"]+\/([^/"]+)\/([^"]+)"/g)].map(([, repo, ref]) => [repo, ref]);
  expect(branches).toEqual([
    ["nixpkgs", branch],
    ["nixvim", branch],
  ]);
  const lock = JSON.parse(readFileSync(join(home, "flake.lock"), "utf8")) as {
    nodes: Record<string, { original?: { ref?: string } }>;
  };
  expect(text).toContain(`description = "${konductorFacts.meta.description}"`);
  const template = readFileSync(join(home, "nix/templates/overlay/flake.nix"), "utf8");
  expect(template).toContain(`/nixpkgs/${branch}"`);
  expect(lock.nodes["nixpkgs"]?.original?.ref).toBe(branch);
  expect(lock.nodes["nixvim"]?.original?.ref).toBe(branch);
});

interface Locked {
  readonly owner: string;
  readonly repo: string;
  readonly rev: string;
  readonly narHash: string;
}

test("flake.lock pins what the known pins say, and Nix takes it as it is", async (nix) => {
  const lock = JSON.parse(readFileSync(join(home, "flake.lock"), "utf8")) as {
    nodes: Record<string, { locked?: Locked }>;
  };
  const pins = JSON.parse(readFileSync(join(nix.facts, "pins.json"), "utf8")) as readonly Locked[];
  const locked = Object.values(lock.nodes).flatMap((node) => (node.locked === undefined ? [] : [node.locked]));
  expect(locked).toHaveLength(6);
  for (const { owner, repo, rev, narHash } of locked) {
    expect(pins.map((pin) => `${pin.owner}/${pin.repo} ${pin.rev} ${pin.narHash}`)).toContain(
      `${owner}/${repo} ${rev} ${narHash}`
    );
  }
  const metadata = await nix.nix([
    "flake",
    "metadata",
    "--offline",
    "--no-update-lock-file",
    "--json",
    `path:${nix.flake}`,
  ]);
  expect(metadata.stderr).not.toContain("would be changed");
  expect(metadata.exitCode).toBe(0);
});
