import { expect } from "bun:test";
import { konductorFacts } from "../../lib/nix/facts.ts";
import type { NixHarness } from "./support/harness.ts";
import { type ModuleOutput, type ModuleReport, moduleOutputs, reportModules } from "./support/module-report.ts";
import { inputsTest } from "./support/inputs-test.ts";

const test = await inputsTest("stand-in");

const systemsOf: Readonly<Record<ModuleOutput, readonly string[]>> = {
  nixosModules: ["x86_64-linux", "aarch64-linux"],
  darwinModules: ["aarch64-darwin", "x86_64-darwin"],
  homeModules: ["x86_64-linux", "aarch64-linux", "aarch64-darwin", "x86_64-darwin"],
};

/** What the readme says of each switch, by the programs that it brings. */
const brings = {
  enablePython: ["uv", "isort"],
  enableGo: ["go", "gopls", "dlv"],
  enableNode: ["node", "pnpm", "tsc", "bun"],
  enableRust: ["rustc", "cargo-watch"],
  enableAI: ["claude", "aider"],
  enableDevOps: ["kubectl", "pulumi", "tofu", "terraform"],
  enableIDE: ["lazygit", "bat", "eza"],
} as const;
/** Those that come without any switch too, on their configurations. */
const always = ["k", "git", "ruff", "mypy", "shellcheck", "shfmt", "rg", "fd", "curl"];

const switches = Object.keys(brings).map((name) => `${name} = true;`);
const parts = ["neovim", "tmux", "git", "starship", "bash", "hooks"].map((name) => `${name}.enable = true;`);
const on = (more = ""): string => `{ konductor = { enable = true; ${more} }; }`;
const everything = on([...switches, ...parts].join(" "));

/** Configurations by name, as Nix text. One evaluation takes them all. */
function casesOf(output: ModuleOutput): Readonly<Record<string, string>> {
  const set = output === "homeModules" ? "home" : "environment";
  const variables = output === "homeModules" ? "sessionVariables" : "variables";
  // NixOS sets it itself, as plainly as a user would.
  const locale = output === "nixosModules" ? 'pkgs.lib.mkForce "de_DE.UTF-8"' : '"de_DE.UTF-8"';
  const templateDir = {
    nixosModules: 'programs.git.config.init.templateDir = "mine";',
    homeModules: 'programs.git.iniContent.init.templateDir = "mine";',
    darwinModules: 'environment.etc.gitconfig.text = "mine";',
  }[output];
  return {
    without: "{ }",
    off: everything.replace("enable = true", "enable = false"),
    all: everything,
    plain: on(),
    ...Object.fromEntries(Object.keys(brings).map((name) => [name, on(`${name} = true;`)])),
    neovim: on("neovim.enable = true;"),
    bash: on("bash.enable = true;"),
    starship: on("starship.enable = true;"),
    prompt: on("starship.enable = true; bash.enable = true;"),
    terminal: on("enableIDE = true; bash.enable = true;"),
    hooks: on("hooks.enable = true;"),
    mine: `{
      imports = [ (${everything}) ];
      ${set} = { ${variables} = { EDITOR = "hx"; LANG = ${locale}; }; shellAliases.ll = "ls -l"; };
      ${templateDir}
    }`,
    twice: "{ imports = [ modules.default modules.konductor ]; konductor.enable = true; }",
    both: `{ ${output === "darwinModules" ? "" : "programs.neovim.enable = true;"} programs.tmux.enable = true;
      konductor = { enable = true; neovim.enable = true; tmux.enable = true; }; }`,
    own: on("package = pkgs.hello; tmux = { enable = true; package = pkgs.zellij; };"),
  };
}

for (const output of Object.keys(moduleOutputs) as readonly ModuleOutput[]) {
  const [system = ""] = systemsOf[output];
  let known: ReturnType<typeof reportModules> | undefined;
  const report = async (nix: NixHarness, name: string): Promise<ModuleReport> => {
    known ??= reportModules(nix, output, casesOf(output), system);
    const found = (await known)[name];
    if (found === undefined) {
      throw new Error(`there is no case ${name}`);
    }
    return found;
  };

  test(`${output}: nothing is changed without konductor.enable`, async (nix) => {
    const off = await report(nix, "off");
    expect(off).toEqual(await report(nix, "without"));
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
    const plain = await report(nix, "plain");
    const without = await report(nix, "without");
    expect(plain.programs).toEqual(expect.arrayContaining(always));
    expect(plain.programs).not.toContain("nvim");
    // As nixpkgs has them: their configurations come by options of their own.
    expect(plain.packages.filter((name) => /^(git|starship|openssh)-konductor/.test(name))).toEqual([]);
    for (const part of ["variables", "aliases", "shells", "git", "etc"] as const) {
      expect<unknown>(plain[part]).toEqual(without[part]);
    }
  });

  test(`${output}: each switch brings what the readme says, and nothing without it`, async (nix) => {
    const plain = await report(nix, "plain");
    for (const [name, programs] of Object.entries(brings)) {
      const found = await report(nix, name);
      const lacking = programs.filter((program) => !found.programs.includes(program));
      expect([name, "lacks", lacking]).toEqual([name, "lacks", []]);
      const unasked = programs.filter((program) => plain.programs.includes(program) && !always.includes(program));
      expect([name, "unasked", unasked]).toEqual([name, "unasked", []]);
    }
  });

  test(`${output}: each language comes in the version that the readme promises`, async (nix) => {
    const { python, go, node, rust } = konductorFacts.versions;
    const { packages } = await report(nix, "all");
    const named = [
      `python3|python${python.display}`,
      `go.*${go.display}`,
      `nodejs.*${node.display}`,
      `rust.*${rust.display}`,
    ];
    for (const name of named) {
      const pattern = new RegExp(`^(${name.replaceAll(".", "[._]").replaceAll("[._]*", ".*")})`);
      expect([name, packages.filter((each) => pattern.test(each)).length > 0]).toEqual([name, true]);
    }
  });

  test(`${output}: a tool on its configuration comes before all that has none`, async (nix) => {
    const { programs, wrapped } = await report(nix, "all");
    const last = wrapped.lastIndexOf(true);
    // Only k, git and the programs with an option stand before them.
    const bare = programs.slice(0, last).filter((_, index) => wrapped[index] === false);
    expect(bare.filter((program) => !["k", "git", "nvim", "tmux", "starship"].includes(program))).toEqual([]);
    expect(last).toBeGreaterThan(20);
  });

  test(`${output}: EDITOR, PAGER and aliases come with their program alone`, async (nix) => {
    const neovim = await report(nix, "neovim");
    expect(neovim.variables).toMatchObject({ EDITOR: "nvim", VISUAL: "nvim" });
    expect(neovim.variables["PAGER"]).not.toBe("bat");
    const terminal = await report(nix, "terminal");
    expect(terminal.variables["PAGER"]).toBe("bat");
    expect(terminal.variables["EDITOR"]).not.toBe("nvim");
    expect(terminal.aliases).toMatchObject({ ll: "eza -la --git", lg: "lazygit", gs: "git status" });
    const bash = await report(nix, "bash");
    expect(bash.aliases["gs"]).toBe("git status");
    expect(bash.aliases["ll"]).not.toBe("eza -la --git");
    expect(bash.aliases).not.toHaveProperty("vim");
  });

  test(`${output}: what a user sets stands, and the rest is as without it`, async (nix) => {
    const mine = await report(nix, "mine");
    expect(mine.variables).toMatchObject({ EDITOR: "hx", VISUAL: "nvim", PAGER: "bat", LANG: "de_DE.UTF-8" });
    expect(mine.aliases).toMatchObject({ ll: "ls -l", vim: "nvim" });
    // What marks a shell of Konductor is no variable of a system.
    expect(mine.variables).not.toHaveProperty("KONDUCTOR");
    expect(mine.templateDir).toBe("mine");
  });

  test(`${output}: imported twice, and under its second name, the module counts once`, async (nix) => {
    const twice = await report(nix, "twice");
    expect(twice).toEqual(await report(nix, "plain"));
    expect(twice.copies).toBe(1);
  });

  test(`${output}: a package of the user's takes the place of ours`, async (nix) => {
    const { programs } = await report(nix, "own");
    expect(programs).toEqual(expect.arrayContaining(["hello", "zellij"]));
    expect(programs).not.toContain("k");
    expect(programs).not.toContain("tmux");
  });

  test(`${output}: hooks reach git through init.templateDir`, async (nix) => {
    expect((await report(nix, "plain")).templateDir).toBeNull();
    expect((await report(nix, "hooks")).templateDir).toMatch(/\/\S+-konductor-git-template\s*$/);
  });

  test(`${output}: starship draws the prompt of each shell once`, async (nix) => {
    const inits = (lines: unknown, shell: string): number =>
      JSON.stringify(lines).split(`starship init ${shell}`).length - 1;
    const { shells } = await report(nix, "starship");
    for (const shell of ["bash", "zsh", "fish"]) {
      expect([shell, inits(shells, shell)]).toEqual([shell, 1]);
    }
    // There it is in the file that bash reads.
    const prompt = await report(nix, "prompt");
    expect(inits(prompt.shells["bash"], "bash")).toBe(0);
    expect(JSON.stringify(prompt.shells["bash"])).toMatch(/\. \S+-konductor-bashrc/);
  });

  test(`${output}: a program that both sides bring is told of by the names of both options`, async (nix) => {
    const { warnings } = await report(nix, "both");
    const names = output === "darwinModules" ? ["tmux"] : ["neovim", "tmux"];
    expect(warnings).toHaveLength(names.length);
    for (const [index, name] of names.entries()) {
      expect(warnings[index]).toContain(`konductor.${name}.enable and programs.${name}.enable are both set`);
    }
  });

  test(`${output}: the package of Konductor yields to one of the user's, and not to what a system brings`, async (nix) => {
    const { priority } = await report(nix, "plain");
    expect(priority).toBeGreaterThan(5);
    expect(priority).toBeLessThan(8);
  });

  test(`${output}: a module of another kind is refused by name, and an option that there is not`, async (nix) => {
    const other = output === "homeModules" ? "darwin" : "homeManager";
    const words = (text: string): Promise<string> =>
      reportModules(nix, output, { wrong: text }, system).then(() => "nothing", String);
    expect(await words(`{ _class = "${other}"; }`)).toContain(`is for ${other}, not for ${moduleOutputs[output]}`);
    expect(await words("{ konductor.enablePyton = true; }")).toContain(
      "The option `konductor.enablePyton' does not exist."
    );
  });

  test(`${output}: on a system that Konductor has nothing for, the error names it and those that it has`, async (nix) => {
    const failure = await reportModules(nix, output, { plain: on() }, "riscv64-linux").then(() => "nothing", String);
    expect(failure).toContain("konductor has no packages for riscv64-linux; its modules work on ");
    for (const each of systemsOf[output]) {
      expect(failure).toContain(each);
    }
  });
}
