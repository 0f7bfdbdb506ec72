import { expect } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { home } from "../support/sandbox.ts";
import { nixTest } from "./support/nix-test.ts";

const { test } = await nixTest();
const systems = ["aarch64-darwin", "aarch64-linux", "x86_64-darwin", "x86_64-linux"];
const shells = ["ci", "default", "dev", "full", "go", "konductor", "node", "python", "rust"];

/** Name to store derivation, for an output that has a set of them for each system. */
const derivations = "output: builtins.mapAttrs (_: builtins.mapAttrs (_: d: d.drvPath)) output";

test("every shell evaluates down to its derivation on every system", async (nix) => {
  const found = (await nix.evaluate("devShells", derivations)) as Record<string, Record<string, string>>;
  expect(Object.keys(found).sort()).toEqual(systems);
  for (const system of systems) {
    expect(Object.keys(found[system] ?? {}).sort()).toEqual(shells);
  }
});

test("every package and check evaluates on every system", async (nix) => {
  for (const output of ["packages", "checks"]) {
    const found = (await nix.evaluate(output, derivations)) as Record<string, Record<string, string>>;
    expect(Object.keys(found).sort()).toEqual(systems);
  }
});

test("each system has a formatter", async (nix) => {
  const found = await nix.evaluate("formatter", "builtins.mapAttrs (_: d: d.drvPath)");
  expect(Object.keys(found as object).sort()).toEqual(systems);
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
  expect(lock.nodes["nixpkgs"]?.original?.ref).toBe(branch);
  expect(lock.nodes["nixvim"]?.original?.ref).toBe(branch);
});
