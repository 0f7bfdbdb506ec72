import { expect } from "bun:test";
import { type ModuleOutput, moduleOutputs, reportModules } from "./support/module-report.ts";
import { nixTest } from "./support/nix-test.ts";

const test = await nixTest();
const outputs = Object.keys(moduleOutputs) as readonly ModuleOutput[];
const systemsOf: Readonly<Record<ModuleOutput, readonly string[]>> = {
  nixosModules: ["x86_64-linux", "aarch64-linux"],
  darwinModules: ["aarch64-darwin", "x86_64-darwin"],
  homeModules: ["x86_64-linux", "aarch64-linux", "aarch64-darwin", "x86_64-darwin"],
};
const switches = ["Python", "Go", "Node", "Rust", "AI", "DevOps", "IDE"].map((name) => `enable${name} = true;`);
const parts = ["neovim", "tmux", "git", "starship", "bash", "hooks"].map((name) => `${name}.enable = true;`);
const everything = `{ konductor = { enable = true; ${switches.join(" ")} ${parts.join(" ")} }; }`;
const on = (more = ""): string => `{ konductor = { enable = true; ${more} }; }`;

for (const output of outputs) {
  const system = systemsOf[output][0] ?? "";
  const git = output === "darwinModules" ? {} : { enable: false, package: "git of nixpkgs" };

  test(`${output}: nothing is changed without konductor.enable`, async (nix) => {
    const { off, without } = await reportModules(
      nix,
      output,
      { off: everything.replace("enable = true", "enable = false"), without: "{ }" },
      system
    );
    expect(off).toEqual(without as never);
    expect(off).toMatchObject({ packages: [], priority: null, warnings: [] });
  });

  test(`${output}: everything on evaluates on each system that it is for`, async (nix) => {
    for (const each of systemsOf[output]) {
      const { all } = await reportModules(nix, output, { all: everything }, each);
      expect(all?.warnings).toEqual([]);
      expect(all?.programs).toContain("claude");
    }
  });

  test(`${output}: konductor.enable alone brings tools, and touches no shell, no git and no editor`, async (nix) => {
    const { plain, without } = await reportModules(nix, output, { plain: on(), without: "{ }" }, system);
    expect(plain?.programs).toEqual(expect.arrayContaining(["k", "git", "ruff", "shellcheck", "rg", "shfmt"]));
    expect(plain?.programs).not.toContain("nvim");
    // As nixpkgs has them: their configurations come by options of their own.
    expect(plain?.packages.filter((name) => /^(git|starship|openssh)-konductor/.test(name))).toEqual([]);
    for (const part of ["variables", "aliases", "shells", "git", "etc"] as const) {
      expect(plain?.[part]).toEqual(without?.[part] as never);
    }
  });

  test(`${output}: each switch brings what the readme says, and nothing without it`, async (nix) => {
    const brings = {
      enablePython: ["python3.12", "uv"],
      enableGo: ["go", "gopls", "dlv"],
      enableNode: ["node", "pnpm", "tsc"],
      enableRust: ["rust-analyzer"],
      enableAI: ["claude", "aider"],
      enableDevOps: ["kubectl", "pulumi", "tofu", "terraform"],
      enableIDE: ["lazygit", "bat", "eza"],
    } as const;
    const cases = Object.fromEntries(Object.keys(brings).map((name) => [name, on(`${name} = true;`)]));
    const { plain, ...found } = await reportModules(nix, output, { plain: on(), ...cases }, system);
    for (const [name, programs] of Object.entries(brings)) {
      for (const program of programs) {
        expect({ name, programs: found[name]?.programs }).toEqual({
          name,
          programs: expect.arrayContaining([program]),
        });
        expect(plain?.programs).not.toContain(program);
      }
    }
  });

  test(`${output}: EDITOR, PAGER and aliases come with their program alone, and yield to the user's`, async (nix) => {
    const home = output === "homeModules";
    const set = (what: string): string => (home ? `home.${what}` : `environment.${what}`);
    const variables = set(home ? "sessionVariables" : "variables");
    // NixOS sets it itself, as plainly as a user would.
    const locale = output === "nixosModules" ? 'pkgs.lib.mkForce "de_DE.UTF-8"' : '"de_DE.UTF-8"';
    const { neovim, ide, bash, mine } = await reportModules(
      nix,
      output,
      {
        neovim: on("neovim.enable = true;"),
        ide: on("enableIDE = true; bash.enable = true;"),
        bash: on("bash.enable = true;"),
        mine: `{
          imports = [ (${everything}) ];
          ${variables} = { EDITOR = "hx"; LANG = ${locale}; };
          ${set("shellAliases")}.ll = "ls -l";
        }`,
      },
      system
    );
    expect(neovim?.variables).toMatchObject({ EDITOR: "nvim", VISUAL: "nvim" });
    expect(neovim?.variables["PAGER"]).not.toBe("bat");
    expect(ide?.variables["PAGER"]).toBe("bat");
    expect(ide?.variables["EDITOR"]).not.toBe("nvim");
    expect(ide?.aliases).toMatchObject({ ll: "eza -la --git", lg: "lazygit", gs: "git status" });
    expect(bash?.aliases["gs"]).toBe("git status");
    expect(bash?.aliases["ll"]).not.toBe("eza -la --git");
    expect(bash?.aliases).not.toHaveProperty("vim");
    expect(mine?.aliases).toMatchObject({ ll: "ls -l", vim: "nvim" });
    expect(mine?.variables).toMatchObject({ EDITOR: "hx", VISUAL: "nvim", PAGER: "bat" });
    // The locale is the machine's or the user's, and what marks a shell of Konductor is no variable of a system.
    expect(mine?.variables).not.toHaveProperty("KONDUCTOR");
    expect(mine?.variables["LANG"]).toBe("de_DE.UTF-8");
  });

  test(`${output}: imported twice, and under its second name, the module counts once`, async (nix) => {
    const again = "{ imports = [ modules.default modules.konductor ]; konductor.enable = true; }";
    const { once, twice } = await reportModules(nix, output, { once: on(), twice: again }, system);
    expect(twice).toEqual(once as never);
    expect(twice?.copies).toBe(1);
  });

  test(`${output}: a package of the user's takes the place of ours`, async (nix) => {
    const { own } = await reportModules(
      nix,
      output,
      { own: on("package = pkgs.hello; tmux = { enable = true; package = pkgs.zellij; };") },
      system
    );
    expect(own?.programs).toEqual(expect.arrayContaining(["hello", "zellij"]));
    expect(own?.programs).not.toContain("k");
    expect(own?.programs).not.toContain("tmux");
  });

  test(`${output}: hooks reach git through init.templateDir, which the user may set`, async (nix) => {
    const setting = { nixosModules: "config", homeModules: "iniContent", darwinModules: undefined }[output];
    const { hooks, mine } = await reportModules(
      nix,
      output,
      {
        hooks: on("hooks.enable = true;"),
        mine:
          setting === undefined
            ? `{ imports = [ (${on("hooks.enable = true;")}) ]; environment.etc.gitconfig.text = "mine"; }`
            : `{ imports = [ (${on("hooks.enable = true;")}) ]; programs.git.${setting}.init.templateDir = "/mine"; }`,
      },
      system
    );
    if (setting === undefined) {
      expect(hooks?.etc["gitconfig"]).toMatch(/^\[init\]\n\ttemplateDir = \S+-konductor-git-template\n$/);
      expect(mine?.etc["gitconfig"]).toBe("mine");
    } else {
      expect(hooks?.git).toMatchObject({ ...git, enable: true });
      expect(JSON.stringify(hooks?.git[setting])).toMatch(
        /^\{"init":\{"templateDir":"\S+-konductor-git-template"\}\}$/
      );
      expect(mine?.git[setting]).toEqual({ init: { templateDir: "/mine" } });
    }
  });

  test(`${output}: starship draws the prompt of each shell once`, async (nix) => {
    const { alone, both } = await reportModules(
      nix,
      output,
      { alone: on("starship.enable = true;"), both: on("starship.enable = true; bash.enable = true;") },
      system
    );
    const inits = (lines: unknown, shell: string): number =>
      JSON.stringify(lines).split(`starship init ${shell}`).length - 1;
    for (const shell of ["bash", "zsh", "fish"]) {
      expect([shell, inits(alone?.shells, shell)]).toEqual([shell, 1]);
    }
    // There it is in the file that bash reads.
    expect(inits(both?.shells["bash"], "bash")).toBe(0);
    expect(JSON.stringify(both?.shells["bash"])).toMatch(/\. \S+-konductor-bashrc/);
  });

  test(`${output}: the package of Konductor yields to a package of the user's, and not to what a system brings`, async (nix) => {
    const { plain } = await reportModules(nix, output, { plain: on() }, system);
    expect(plain?.priority).toBeGreaterThan(5);
    expect(plain?.priority).toBeLessThan(8);
  });

  test(`${output}: a configuration of another kind is refused by name, and an option that there is not`, async (nix) => {
    const other = output === "homeModules" ? "darwin" : "homeManager";
    const words = (text: string): Promise<string> =>
      reportModules(nix, output, { wrong: text }, system).then(() => "nothing", String);
    expect(await words(`{ _class = "${other}"; }`)).toContain(`is for ${other}, not for ${moduleOutputs[output]}`);
    expect(await words("{ konductor.enablePyton = true; }")).toContain(
      "The option `konductor.enablePyton' does not exist."
    );
  });
}
