import { beforeAll, expect } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import rows from "../../nix/tools.json" with { type: "json" };
import { tempFolder } from "../support/temp-folder.ts";
import { nixTest } from "./support/nix-test.ts";
import { withStandIns } from "./support/programs.ts";
import { spawn } from "./support/spawn.ts";

const { test: anyTest, harness } = await nixTest();
const test = withStandIns(anyTest);

/** Tool, what is called, and what the program then gets; CONFIG stands for the path of its configuration. */
const calls: readonly (readonly [string, string, string])[] = [
  ["actionlint", "-no-color a.yml", "-config-file CONFIG -no-color a.yml"],
  ["actionlint", "--config-file own.yaml a.yml", "--config-file own.yaml a.yml"],
  ["bandit", "-r src", "--configfile CONFIG -r src"],
  ["bandit", "-c own.yaml src", "-c own.yaml src"],
  ["biome", "check --write src", "check --write src"],
  ["biome", "--version", "--version"],
  ["black", "--check a.py", "--config CONFIG --check a.py"],
  ["black", "--config=own.toml a.py", "--config=own.toml a.py"],
  ["commitlint", "--edit m", "--config CONFIG --edit m"],
  ["commitlint", "-g own.js", "-g own.js"],
  ["deadnix", "--fail .", "--fail ."],
  ["gitleaks", "dir .", "--config CONFIG dir ."],
  ["gitleaks", "-c own.toml git", "-c own.toml git"],
  ["gofumpt", "-l -w .", "-l -w ."],
  ["golangci-lint", "run ./...", "run --config CONFIG ./..."],
  ["golangci-lint", "fmt --diff", "fmt --config CONFIG --diff"],
  ["golangci-lint", "--color always run ./...", "--color always run --config CONFIG ./..."],
  ["golangci-lint", "config verify", "config --config CONFIG verify"],
  ["golangci-lint", "linters", "linters --config CONFIG"],
  ["golangci-lint", "help run", "help run"],
  ["golangci-lint", "--version", "--version"],
  ["golangci-lint", "migrate", "migrate"],
  ["golangci-lint", "run --no-config", "run --no-config"],
  ["golangci-lint", "run -cown.yml", "run -cown.yml"],
  ["hadolint", "Dockerfile", "--config CONFIG Dockerfile"],
  ["hadolint", "-c own.yaml Dockerfile", "-c own.yaml Dockerfile"],
  ["lychee", "--offline a.md", "--config CONFIG --offline a.md"],
  ["lychee", "-- --config", "--config CONFIG -- --config"],
  ["markdownlint", "**/*.md", "--config CONFIG **/*.md"],
  ["mypy", "a.py", "--config-file CONFIG a.py"],
  ["mypy", "--config-file= a.py", "--config-file= a.py"],
  ["nixpkgs-fmt", "--check a.nix", "--check a.nix"],
  ["ruff", "check --fix a.py", "check --config CONFIG --fix a.py"],
  ["ruff", "format -", "format --config CONFIG -"],
  ["ruff", "-q check", "-q check --config CONFIG"],
  ["ruff", "check --isolated", "check --isolated"],
  ["ruff", "check --config own.toml", "check --config own.toml"],
  ["ruff", "check --config line-length=80", "check --config CONFIG --config line-length=80"],
  ["ruff", "check --config=line-length=80", "check --config CONFIG --config=line-length=80"],
  ["ruff", "rule E501", "rule E501"],
  ["ruff", "--version", "--version"],
  ["rustfmt", "--check a.rs", "--config-path CONFIG --check a.rs"],
  ["shellcheck", "-x a.sh", "--rcfile CONFIG -x a.sh"],
  ["shellcheck", "--norc a.sh", "--norc a.sh"],
  ["shfmt", "-d .", "-i 4 -ci -sr -kp -bn -d ."],
  ["statix", "check -o json .", "check --config CONFIG -o json ."],
  ["statix", "fix a.nix", "fix --config CONFIG a.nix"],
  ["statix", "explain 4", "explain 4"],
  ["taplo", "fmt --check a.toml", "fmt --check a.toml"],
  ["taplo", "--colors never lint a.toml", "--colors never lint a.toml"],
  ["yamllint", "--strict .", "--config-file CONFIG --strict ."],
  ["yamllint", "-d relaxed .", "-d relaxed ."],
];

const names = [...new Set(calls.map(([tool]) => tool))];
const built = new Map<string, { readonly bin: string; readonly config: string | null }>();

beforeAll(async () => {
  if (typeof harness === "string" || harness.inputs === "real") {
    return;
  }
  const place = "legacyPackages.x86_64-linux.konductor.tools";
  const paths = await harness.build(...names.map((name) => `${place}.${name}`));
  const configs = (await harness.evaluate(place, "builtins.mapAttrs (_: t: t.configFile)")) as Record<string, string>;
  for (const [index, name] of names.entries()) {
    built.set(name, { bin: join(paths[index] ?? "", "bin"), config: configs[name] ?? null });
  }
});

for (const [tool, line, wanted] of calls) {
  test(`${tool}: \`${line}\` becomes \`${wanted}\``, async () => {
    const row = rows.find(({ name }) => name === tool);
    const { bin, config } = built.get(tool) ?? { bin: "", config: null };
    const ran = await spawn([join(bin, row?.program ?? ""), ...line.split(" ")], "/", { PATH: "/usr/bin:/bin" });
    expect(ran.stderr).toBe("");
    const words = wanted.split(" ").map((word) => (word === "CONFIG" ? (config ?? "") : word));
    expect(ran.stdout).toContain(` ${row?.program} ${words.map((word) => `[${word}]`).join(" ")}\n`);
    expect(config === null || existsSync(config)).toBe(true);
  });
}

test("biome and taplo get their configuration by variable, so that every subcommand has it", async () => {
  for (const [tool, variable] of [
    ["biome", "BIOME_CONFIG_PATH"],
    ["taplo", "TAPLO_CONFIG"],
  ] as const) {
    const { bin, config } = built.get(tool) ?? { bin: "", config: null };
    const env = { PATH: "/usr/bin:/bin", STUB_ENV: variable, [variable]: "/home/own.toml" };
    const ran = await spawn([join(bin, tool), "lsp"], "/", env);
    expect(ran.stdout).toContain(`${variable}=${config}\n`);
  }
});

test("variables of the user that would change a tool are overridden", async () => {
  const { bin } = built.get("shellcheck") ?? { bin: "" };
  const env = { PATH: "/usr/bin:/bin", STUB_ENV: "SHELLCHECK_OPTS", SHELLCHECK_OPTS: "--exclude=SC2086" };
  const ran = await spawn([join(bin, "shellcheck"), "a.sh"], "/", env);
  expect(ran.stdout).toContain("SHELLCHECK_OPTS=\n");
});

test("arguments reach the program as they are: empty, with blanks, with quotes", async () => {
  const { bin } = built.get("golangci-lint") ?? { bin: "" };
  const args = ["run", "", "a b", "it's", '"', "$HOME", "*"];
  const ran = await spawn([join(bin, "golangci-lint"), ...args], "/", { PATH: "/usr/bin:/bin" });
  expect(ran.stdout).toEndWith(
    `${args
      .slice(1)
      .map((word) => `[${word}]`)
      .join(" ")}\n`
  );
});

test("man pages, completions and other programs of a package are kept beside the wrapped one", async (nix) => {
  const expression = `
    let
      pkgs = import ${nix.inputPaths.get("nixpkgs")} { system = "x86_64-linux"; };
      package = pkgs.runCommand "ruff-1" { meta.mainProgram = "ruff"; } ''
        mkdir -p $out/bin $out/share/man/man1 $out/share/bash-completion/completions
        echo > $out/share/man/man1/ruff.1
        echo > $out/share/bash-completion/completions/ruff
        for p in ruff ruff-other; do printf '#!/bin/sh\\necho %s "$@"\\n' $p > $out/bin/$p; chmod +x $out/bin/$p; done
      '';
      makeTool = import "${nix.flake}/nix/tools/make-tool.nix" { inherit pkgs; inherit (pkgs) lib; npm = { }; };
      rows = builtins.fromJSON (builtins.readFile "${nix.flake}/nix/tools.json");
      row = builtins.head (builtins.filter (row: row.name == "ruff") rows);
    in
    (makeTool row).override { inherit package; }`;
  const ran = await nix.nix(["build", "--impure", "--no-link", "--print-out-paths", "--expr", expression]);
  expect(ran.stderr).not.toContain("error:");
  const out = ran.stdout.trim();
  for (const path of ["share/man/man1/ruff.1", "share/bash-completion/completions/ruff", "bin/ruff-other"]) {
    expect(existsSync(join(out, path))).toBe(true);
  }
  const called = await spawn([join(out, "bin/ruff"), "check"], "/", { PATH: "/usr/bin:/bin" });
  expect(called.stdout).toMatch(/^ruff check --config \S+\/ruff.toml\n$/);
});

test("all wrappers pass shellcheck", async () => {
  using folder = tempFolder();
  const scripts = [...built].map(([name, { bin }]) =>
    join(bin, rows.find((row) => row.name === name)?.program ?? name)
  );
  const shells = scripts.filter((path) => existsSync(path));
  const ran = await spawn(["shellcheck", "--norc", "--shell=bash", ...shells], folder.path, { PATH: process.env.PATH });
  expect(ran.stdout).toBe("");
  expect(ran.exitCode).toBe(0);
});
