import { expect } from "bun:test";
import { tempFolder } from "../support/temp-folder.ts";
import type { NixHarness } from "./support/harness.ts";
import { nixTest } from "./support/nix-test.ts";
import { withStandIns } from "./support/programs.ts";

const test = withStandIns((await nixTest()).test);

/** Evaluates a flake made of one module with what stands in for flake-parts; gives what Nix says. */
async function flakeOf(nix: NixHarness, module: string, attribute: string): Promise<string> {
  using folder = tempFolder({
    "flake.nix": `{
      inputs.nixpkgs.url = "github:NixOS/nixpkgs";
      inputs.flake-parts.url = "github:hercules-ci/flake-parts";
      outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } (${module});
    }`,
  });
  const inputs = ["nixpkgs", "flake-parts"].flatMap((name) => [
    "--override-input",
    name,
    `path:${nix.inputPaths.get(name)}`,
  ]);
  const ran = await nix.nix([
    "eval",
    "--json",
    "--offline",
    "--no-write-lock-file",
    ...inputs,
    `path:${folder.path}#${attribute}`,
  ]);
  return ran.stdout + ran.stderr;
}

test("flake-parts' stand-in transposes what systems have, and merges what modules say", async (nix) => {
  const module = `{
    systems = [ "x86_64-linux" "aarch64-darwin" ];
    imports = [
      { perSystem = { pkgs, system, ... }: { packages.a = pkgs.jq; legacyPackages.name = system; }; }
      { perSystem = { self', config, ... }: { packages.b = self'.packages.a; checks.c = config.packages.b; }; }
      ({ withSystem, ... }: { flake.lib.here = withSystem "aarch64-darwin" ({ system, ... }: system); })
    ];
  }`;
  expect(await flakeOf(nix, module, "legacyPackages.x86_64-linux.name")).toContain('"x86_64-linux"');
  expect(await flakeOf(nix, module, "checks.aarch64-darwin.c.pname")).toContain('"jq"');
  expect(await flakeOf(nix, module, "lib.here")).toContain('"aarch64-darwin"');
});

test("it knows no other options, and none twice", async (nix) => {
  const systems = 'systems = [ "x86_64-linux" ];';
  const unknown = `{ ${systems} perSystem = { packges.a = 1; }; }`;
  expect(await flakeOf(nix, unknown, "packages")).toContain("option `perSystem.x86_64-linux.packges' does not exist");
  const twice = `{ ${systems} imports = [ { perSystem.packages.a = 1; } { perSystem.packages.a = 2; } ]; }`;
  expect(await flakeOf(nix, twice, "packages")).toContain("packages.a' is defined multiple times");
  const argument = `{ ${systems} perSystem = { inputs, ... }: { packages.a = inputs; }; }`;
  expect(await flakeOf(nix, argument, "packages")).toContain("attribute 'inputs' missing");
});

test("a text that names several packages is the same when it is asked for again", async (nix) => {
  const first = await nix.evaluate("devShells.x86_64-linux.default.shellHook");
  expect(first).toBeString();
  expect(await nix.evaluate("devShells.x86_64-linux.default.shellHook")).toBe(first);
});

test("a package that a system does not have can be asked for that, and not be used", async (nix) => {
  const nixpkgs = `(import ${nix.inputPaths.get("nixpkgs")} { system = "aarch64-darwin"; })`;
  const ask = (expression: string) => nix.nix(["eval", "--json", "--impure", "--expr", `${nixpkgs}${expression}`]);
  expect((await ask(".gosu.meta.available")).stdout.trim()).toBe("false");
  expect((await ask(".gosu.drvPath")).stderr).toContain("gosu is not available on aarch64-darwin");
});

test("a placeholder says how it was called, and runs the host's program where it is told to", async (nix) => {
  const expression = `(import ${nix.inputPaths.get("nixpkgs")} { system = "x86_64-linux"; }).jq`;
  const ran = await nix.nix(["build", "--impure", "--no-link", "--print-out-paths", "--expr", expression]);
  const program = `${ran.stdout.trim()}/bin/jq`;
  expect(Bun.spawnSync([program, "a b", ""]).stdout.toString()).toBe("# stub jq jq [a b] []\n");
  using folder = tempFolder();
  await Bun.write(folder.at("jq"), '#!/bin/sh\necho "the real one: $1"\n');
  Bun.spawnSync(["chmod", "+x", folder.at("jq")]);
  const env = { PATH: "/usr/bin:/bin", STUB_HOST_PATH: folder.path };
  expect(Bun.spawnSync([program, "x"], { env }).stdout.toString()).toBe("the real one: x\n");
});
