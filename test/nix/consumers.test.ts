import { expect } from "bun:test";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { konductorFacts } from "../../lib/nix/facts.ts";
import { type TempFolder, tempFolder } from "../support/temp-folder.ts";
import type { NixHarness } from "./support/harness.ts";
import { nixTest } from "./support/nix-test.ts";
import { withStandIns } from "./support/programs.ts";
import type { Ran } from "./support/spawn.ts";

const test = withStandIns((await nixTest()).test);
const systems = ["aarch64-darwin", "aarch64-linux", "x86_64-darwin", "x86_64-linux"];

/** Nix on a flake of somebody else's, whose `konductor` is this one; `own` are inputs that it has beside. */
function consumer(nix: NixHarness, folder: TempFolder, own: readonly string[] = []) {
  const inputs = own.flatMap((name) => ["--override-input", name, `path:${nix.inputPaths.get(name)}`]);
  const overrides = [...nix.overrides("konductor"), "--override-input", "konductor", `path:${nix.flake}`, ...inputs];
  return {
    nix: (command: string, attribute: string, ...more: readonly string[]): Promise<Ran> =>
      nix.nix([command, ...overrides, `path:${folder.path}#${attribute}`, ...more]),
  };
}

/** What `nix flake init -t konductor#NAME` would put there. */
async function instantiated(nix: NixHarness, name: string): Promise<TempFolder> {
  const path = (await nix.evaluate(`templates.${name}.path`)) as string;
  const folder = tempFolder();
  cpSync(path, folder.path, { recursive: true, mode: 0 });
  Bun.spawnSync(["chmod", "-R", "u+w", folder.path]);
  return folder;
}

const derivations = "builtins.mapAttrs (_: builtins.mapAttrs (_: d: d.drvPath))";

for (const [name, own] of [
  ["project", []],
  ["overlay", ["nixpkgs"]],
] as const) {
  test(`the template ${name} evaluates on every system`, async (nix) => {
    using folder = await instantiated(nix, name);
    const ran = await consumer(nix, folder, own).nix("eval", "devShells", "--json", "--apply", derivations);
    expect(ran.stderr).not.toContain("error:");
    expect(Object.keys(JSON.parse(ran.stdout) as object).sort()).toEqual(systems);
  });
}

test("a project of the template has the layers that it names, and what it adds", async (nix) => {
  using folder = await instantiated(nix, "project");
  const script = `echo "$KONDUCTOR_SHELL $PROJECT $UV_SYSTEM_PYTHON go=\${GOPATH-none}"; type -P just k uv`;
  const ran = await consumer(nix, folder).nix("develop", "", "--command", "bash", "-c", script);
  expect(ran.stdout).toMatch(/^project project 1 go=none\n\S+\/just\n\S+\/k\n\S+\/uv\n$/);
});

test("a project of the template has a formatter", async (nix) => {
  using folder = await instantiated(nix, "project");
  const ran = await consumer(nix, folder).nix("eval", "formatter.x86_64-linux.name", "--raw");
  expect(ran.stdout).toStartWith("nixpkgs-fmt");
});

test("the overlay adds Konductor and the pinned Rust to a consumer's nixpkgs, and changes nothing else", async (nix) => {
  using folder = tempFolder({
    "flake.nix": `{
      inputs.nixpkgs.url = "github:NixOS/nixpkgs";
      inputs.konductor.url = "${konductorFacts.meta.flake.ref}";
      outputs = { nixpkgs, konductor, ... }:
        let
          pkgs = import nixpkgs { system = "x86_64-linux"; overlays = [ ]; };
          own = pkgs.extend konductor.overlays.default;
        in
        {
          added = builtins.attrNames (removeAttrs own (builtins.attrNames pkgs));
          rust = own.konductor.pinned.rust.version;
          tool = own.konductor.tools.ruff.drvPath;
          unchanged = own.jq.drvPath == pkgs.jq.drvPath;
        };
    }`,
  });
  const flake = consumer(nix, folder, ["nixpkgs"]);
  const value = async (name: string): Promise<unknown> => {
    const ran = await flake.nix("eval", name, "--json");
    expect(ran.stderr).not.toContain("error:");
    return JSON.parse(ran.stdout);
  };
  expect(await value("added")).toEqual(["konductor", "rust-bin"]);
  expect(await value("rust")).toBe(konductorFacts.versions.rust.version);
  expect(await value("tool")).toContain("ruff-konductor");
  expect(await value("unchanged")).toBe(true);
});

test("a shell of the flake is extended as any other", async (nix) => {
  using folder = tempFolder({
    "flake.nix": `{
      inputs.nixpkgs.url = "github:NixOS/nixpkgs";
      inputs.konductor.url = "${konductorFacts.meta.flake.ref}";
      outputs = { nixpkgs, konductor, ... }: {
        devShells.x86_64-linux.default = konductor.devShells.x86_64-linux.python.overrideAttrs (old: {
          buildInputs = old.buildInputs ++ [ nixpkgs.legacyPackages.x86_64-linux.postgresql ];
        });
      };
    }`,
  });
  const ran = await consumer(nix, folder, ["nixpkgs"]).nix(
    "develop",
    "",
    "--command",
    "bash",
    "-c",
    "type -P postgresql uv"
  );
  expect(ran.stdout).toMatch(/\/postgresql\n\S+\/uv\n$/);
});

test("each template is what it says, and names this flake as the facts do", async (nix) => {
  const templates = (await nix.evaluate("templates")) as Record<string, { path: string; description: string }>;
  expect(Object.keys(templates).sort()).toEqual(["default", "overlay", "project"]);
  for (const { path, description } of Object.values(templates)) {
    const text = await Bun.file(join(path, "flake.nix")).text();
    expect(text).toContain(`url = "${konductorFacts.meta.flake.ref}"`);
    expect(text).toContain(`description = "${description}"`);
  }
});
