import { expect } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { home } from "../support/sandbox.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { codeBlocks } from "./support/code-blocks.ts";
import { stdoutOf } from "./support/harness.ts";
import { type ModuleReport, reportOf } from "./support/module-report.ts";
import { nixTest } from "./support/nix-test.ts";

const test = await nixTest();

test("the flake in docs/modules.md makes a configuration of each kind, with the tools that it asks for", async (nix) => {
  const [flake = ""] = codeBlocks(readFileSync(join(home, "docs/modules.md"), "utf8"), "nix");
  using folder = tempFolder({
    "flake.nix": flake,
    "hardware-configuration.nix": "{ }",
    "darwin.nix": "{ }",
    "home.nix": "{ }",
  });
  const standIn = (name: string): readonly string[] => [
    "--override-input",
    name,
    `path:${join(nix.flake, "test/nix/modules", name)}`,
  ];
  const inputs = [
    ...nix.overrides("konductor"),
    ...["--override-input", "konductor", `path:${nix.flake}`],
    ...["--override-input", "nixpkgs", `path:${nix.inputPaths.get("nixpkgs")}`],
    ...standIn("darwin"),
    ...standIn("home-manager"),
  ];
  const programs = async (attribute: string, kind: string, system: string): Promise<readonly string[]> => {
    const expression = reportOf(nix, kind, system, "{ imports = modules; }", { it: "{ }" });
    const argv = ["eval", "--impure", "--json", ...inputs, `path:${folder.path}#${attribute}.modules`];
    const { it } = JSON.parse(stdoutOf(await nix.nix([...argv, "--apply", expression]))) as Record<
      string,
      ModuleReport
    >;
    return it?.programs ?? [];
  };
  const host = await programs("nixosConfigurations.myhost", "nixos", "x86_64-linux");
  expect(host).toEqual(expect.arrayContaining(["k", "uv", "gopls", "nvim"]));
  expect(host).not.toContain("pnpm");
  for (const found of [
    await programs("darwinConfigurations.mymac", "darwin", "aarch64-darwin"),
    await programs("homeConfigurations.myuser", "homeManager", "x86_64-linux"),
  ]) {
    expect(found).toContain("k");
    expect(found).not.toContain("uv");
  }
});
