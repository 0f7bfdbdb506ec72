import { expect } from "bun:test";
import { join } from "node:path";
import { type NixHarness, stdoutOf } from "./support/harness.ts";
import { inputsTest } from "./support/inputs-test.ts";
import { type ModuleOutput, moduleOutputs } from "./support/module-report.ts";

// The real module systems: one configuration of each kind takes a minute and a gigabyte or two.
const test = await inputsTest("real");

interface RealReport {
  readonly copies: number;
  readonly priority: readonly number[];
  readonly variables: Readonly<Record<string, string>>;
  readonly aliases: Readonly<Record<string, string | null>>;
  readonly warnings: readonly string[];
  /** Messages of assertions that do not hold. */
  readonly failed: readonly string[];
  readonly git: { readonly enable: boolean; readonly templateDir: readonly (string | null)[] };
  readonly bash: string;
  readonly zsh: string;
  readonly fish: string;
  /** The store derivation of all of it. */
  readonly build: string;
}

const parts = ["neovim", "tmux", "git", "starship", "bash", "hooks"].map((name) => `${name}.enable = true;`);
const switches = ["Python", "Go", "Node", "Rust", "AI", "DevOps", "IDE"].map((name) => `enable${name} = true;`);
const everything = `{ konductor = { enable = true; ${switches.join(" ")} ${parts.join(" ")} }; }`;

/** What a user sets beside it, as plainly as can be. */
const mine: Readonly<Record<ModuleOutput, string>> = {
  nixosModules: `environment = { variables = { EDITOR = "hx"; PAGER = "most"; }; shellAliases.ll = "ls -l"; };
    i18n.defaultLocale = "de_DE.UTF-8"; programs.git.config.init.templateDir = "/mine";`,
  darwinModules: `environment = { variables = { EDITOR = "hx"; PAGER = "most"; LANG = "de_DE.UTF-8"; };
    shellAliases.ll = "ls -l"; etc.gitconfig.text = "/mine"; };`,
  homeModules: `home = { sessionVariables = { EDITOR = "hx"; PAGER = "most"; LANG = "de_DE.UTF-8"; };
    shellAliases.ll = "ls -l"; }; programs.git.iniContent.init.templateDir = "/mine";`,
};

async function realReports(
  nix: NixHarness,
  output: ModuleOutput,
  cases: Readonly<Record<string, string>>
): Promise<Readonly<Record<string, RealReport>>> {
  const trees = ["nixpkgs", "home-manager", "nix-darwin"].map((name) => {
    const path = nix.inputPaths.get(name);
    if (path === undefined) {
      throw new Error(`KONDUCTOR_NIX_INPUTS has to name a tree of ${name} too`);
    }
    return `${name} = ${path};`;
  });
  const texts = Object.entries(cases).map(([name, text]) => `"${name}" = ${text};`);
  const expression = `modules: import ${join(nix.flake, "test/nix/modules/real.nix")} {
    trees = { ${trees.join(" ")} };
    class = "${moduleOutputs[output]}";
    module = modules.default;
    cases = { ${texts.join(" ")} };
  }`;
  const args = ["eval", "--impure", "--json", ...nix.overrides(), `path:${nix.flake}#${output}`, "--apply", expression];
  return JSON.parse(stdoutOf(await nix.nix(args))) as Readonly<Record<string, RealReport>>;
}

for (const output of Object.keys(moduleOutputs) as readonly ModuleOutput[]) {
  test(`${output}: everything on is a whole configuration, in which what the user sets stands`, async (nix) => {
    const { all } = await realReports(nix, output, { all: `{ imports = [ (${everything}) ]; ${mine[output]} }` });
    expect(all).toMatchObject({ copies: 1, priority: [7], warnings: [], failed: [] });
    expect(all?.build).toEndWith(".drv");
    expect(all?.variables).toMatchObject({ EDITOR: "hx", VISUAL: "nvim", PAGER: "most" });
    expect(all?.variables["LANG"] ?? "").toBe("de_DE.UTF-8");
    expect(all?.aliases).toMatchObject({ ll: "ls -l", gs: "git status", vim: "nvim" });
    expect(all?.git.templateDir).toEqual(["/mine"]);
    expect(all?.bash).toMatch(/^\. \S+-konductor-bashrc\n/);
    for (const shell of ["zsh", "fish"] as const) {
      expect(all?.[shell].split(`starship init ${shell}`)).toHaveLength(2);
    }
  });
}
