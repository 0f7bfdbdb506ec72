# The options of the modules for NixOS, nix-darwin and home-manager, once. docs/modules.md is made from this file by
# `k generate`, with words for `lib` alone: whatever needs `konductor` has a `defaultText`.
{ lib, konductor, gitTemplate }:
let
  inherit (lib) literalExpression mkOption types;

  switch = description: mkOption {
    type = types.bool;
    default = false;
    example = true;
    inherit description;
  };
  packageOf = { default, shown, description, example }: mkOption {
    type = types.package;
    inherit default description;
    defaultText = literalExpression shown;
    example = literalExpression example;
  };
  program = name: output: { enable, example }: {
    enable = switch enable;
    package = packageOf {
      default = konductor.programs.${name}.package;
      shown = "konductor.${output}";
      description = "The ${name} that is installed. One of your own runs on its own configuration.";
      inherit example;
    };
  };
in
{
  enable = switch ''
    Whether to install Konductor: `k`, the command line tools of its default shell, and its linters, formatters and tools
    of git hooks on their own configurations. All other options have an effect only with this one.
  '';

  package = packageOf {
    default = konductor.packages.k;
    shown = "konductor.packages.\${system}.k";
    description = "The `k` that is installed, and that git hooks call.";
    example = "inputs.konductor.packages.\${system}.k";
  };

  enablePython = switch "Whether to install Python ${konductor.facts.versions.python.display} with its tools.";
  enableGo = switch "Whether to install Go ${konductor.facts.versions.go.display} with its tools.";
  enableNode = switch "Whether to install Node.js ${konductor.facts.versions.node.display} with its tools.";
  enableRust = switch "Whether to install Rust ${konductor.facts.versions.rust.display} with its tools.";
  enableAI = switch ''
    Whether to install assistants for development: Claude Code and aider. Claude Code is not free software; it comes from
    Konductor's own nixpkgs, so that `allowUnfree` of this configuration is not asked.
  '';
  enableDevOps = switch ''
    Whether to install tools for Kubernetes, Pulumi, and Terraform and OpenTofu. Terraform is not free software, see
    `konductor.enableAI`.
  '';
  enableIDE = switch ''
    Whether to install what stands beside the editor in the shell `dev`: lazygit, Helix, bat, eza and the like. `PAGER`
    becomes bat, unless you set it.
  '';

  neovim = program "neovim" "packages.\${system}.nvim" {
    enable = ''
      Whether to install Neovim with Konductor's plugins, language servers and keys. `EDITOR` and `VISUAL` become nvim,
      unless you set them.
    '';
    example = "pkgs.neovim";
  };
  tmux = program "tmux" "packages.\${system}.tmux" {
    enable = "Whether to install tmux with Konductor's configuration.";
    example = "pkgs.tmux";
  };
  git = program "git" "legacyPackages.\${system}.konductor.programs.git.package" {
    enable = ''
      Whether git runs on Konductor's configuration, under that of the machine and yours, which win. Without it git is
      installed as nixpkgs has it.
    '';
    example = "pkgs.gitFull";
  };
  starship = program "starship" "legacyPackages.\${system}.konductor.programs.starship.package" {
    enable = "Whether starship draws the prompt of bash, zsh and fish, as in Konductor's shells.";
    example = "pkgs.starship";
  };

  bash.enable = switch ''
    Whether interactive bash is as in Konductor's shells: history, completion, readline and direnv. Its short names (`ll`,
    `gs`, `vi`) are set for all shells, each only where its program is installed by Konductor, and under yours.
  '';

  hooks = {
    enable = switch ''
      Whether `git init` and `git clone` put the git hooks of `k` into new repositories, through `init.templateDir`.
      Repositories that are there already get them by `k hooks install`; `k hooks uninstall` takes them out of one, and
      `K_HOOKS=0` skips them once.
    '';
    package = packageOf {
      default = gitTemplate;
      shown = "git hooks of konductor.package";
      description = "The folder that git copies into a new repository's `.git`, as `git init --template` takes it.";
      example = "./git-template";
    };
  };
}
