import { expect } from "bun:test";
import { chmodSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { home } from "../support/sandbox.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { codeBlocks } from "./support/code-blocks.ts";
import { type NixHarness, stdoutOf } from "./support/harness.ts";
import { type ModuleReport, reportOf } from "./support/module-report.ts";
import { spawn } from "./support/spawn.ts";
import { inputsTest } from "./support/inputs-test.ts";

const test = await inputsTest("stand-in");

const examples = (page: string): readonly string[] =>
  codeBlocks(readFileSync(join(home, "docs", page), "utf8"), "nix").filter((text) => text.includes("outputs ="));

/** What an attribute of a flake that has Konductor as an input comes to. */
async function evaluate(nix: NixHarness, flake: string, attribute: string, apply: string): Promise<unknown> {
  using folder = tempFolder({
    "flake.nix": flake,
    ...Object.fromEntries(["hardware-configuration", "darwin", "home"].map((name) => [`${name}.nix`, "{ }"])),
  });
  const standIn = (name: string): readonly string[] => [name, `path:${join(nix.flake, "test/nix/modules", name)}`];
  const inputs = [
    ["konductor", `path:${nix.flake}`],
    ["nixpkgs", `path:${nix.inputPaths.get("nixpkgs")}`],
    standIn("darwin"),
    standIn("home-manager"),
  ].filter(([name = ""]) => flake.includes(name));
  const overrides = [...nix.overrides("konductor"), ...inputs.flatMap((pair) => ["--override-input", ...pair])];
  const ran = await nix.nix([
    ...["eval", "--impure", "--json", ...overrides],
    ...[`path:${folder.path}#${attribute}`, "--apply", apply],
  ]);
  return JSON.parse(stdoutOf(ran));
}

test("docs/modules.md: its flake makes a configuration of each kind, with the tools that it asks for", async (nix) => {
  const [flake = ""] = examples("modules.md");
  const programs = async (attribute: string, kind: string, system: string): Promise<readonly string[]> => {
    const apply = reportOf(nix, kind, system, "{ imports = modules; }", { it: "{ }" });
    const found = (await evaluate(nix, flake, `${attribute}.modules`, apply)) as Record<string, ModuleReport>;
    return found["it"]?.programs ?? [];
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

test("docs/customizing.md: each of its shells has what it asks for, and what it takes over", async (nix) => {
  const wanted = [
    ["x86_64-linux", ["postgresql", "redis", "uv", "ripgrep"]],
    ["aarch64-darwin", ["protobuf", "gopls", "pnpm", "ripgrep"]],
    ["x86_64-linux", ["protobuf", "k", "tmux", "shellcheck"]],
  ] as const;
  const flakes = examples("customizing.md");
  expect(flakes).toHaveLength(wanted.length);
  for (const [index, [system, names]] of wanted.entries()) {
    const apply = "shell: builtins.seq shell.drvPath (map (p: p.pname or p.name) shell.nativeBuildInputs)";
    const found = await evaluate(nix, flakes[index] ?? "", `devShells.${system}.default`, apply);
    for (const name of names) {
      const like = (found as readonly string[]).filter((each) => each === name || each.startsWith(`${name}-`));
      expect([index, name, like.length]).toEqual([index, name, 1]);
    }
  }
});

test("docs/caches.md: its flake evaluates", async (nix) => {
  const [flake = ""] = examples("caches.md");
  const names = await evaluate(nix, flake, "devShells.x86_64-linux", "builtins.mapAttrs (_: shell: shell.drvPath)");
  expect(Object.keys(names as object)).toContain("full");
});

test("docs/github-tokens.md: its lines add a token, and all that stood in nix.conf stays", async () => {
  const [, script = ""] = codeBlocks(readFileSync(join(home, "docs/github-tokens.md"), "utf8"), "sh");
  // No newline at its end, as an editor may leave it.
  const before = "# mine\naccess-tokens = gitlab.example=OAuth2:first";
  using folder = tempFolder({ "config/nix/nix.conf": before, "bin/gh": "#!/bin/sh\necho second\n" });
  const env = { PATH: `${folder.at("bin")}:${process.env["PATH"]}`, XDG_CONFIG_HOME: folder.at("config") };
  chmodSync(folder.at("bin/gh"), 0o755);
  // The second time it changes nothing.
  for (let time = 0; time < 2; time++) {
    const ran = Bun.spawnSync(["sh", "-eu", "-c", script], { env, stderr: "pipe" });
    expect([ran.exitCode, ran.stderr.toString()]).toEqual([0, ""]);
  }
  const conf = readFileSync(folder.at("config/nix/nix.conf"), "utf8");
  expect(conf).toBe(`${before}\n!include access-tokens.conf\n`);
  expect(statSync(folder.at("config/nix/access-tokens.conf")).mode & 0o777).toBe(0o600);
  const said = await spawn(
    [join(home, "test/nix/harness/bin/nix-offline"), "config", "show", "access-tokens"],
    folder.path,
    { PATH: process.env["PATH"], HOME: homedir(), NIX_USER_CONF_FILES: folder.at("config/nix/nix.conf") }
  );
  expect(stdoutOf(said).trim().split(" ")).toEqual(["github.com=second", "gitlab.example=OAuth2:first"]);
});
