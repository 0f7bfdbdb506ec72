# As much of each system's own modules as Konductor's have to do with: the options that they set, and what the system
# says there itself. The real ones are met where KONDUCTOR_NIX_INPUTS names them.
{ lib }:
let
  inherit (lib) mkDefault mkOption types;
  option = type: default: mkOption { inherit type default; };
  lines = default: option types.lines default;
  set = option (types.attrsOf types.raw) { };
  list = option (types.listOf types.raw) [ ];
  off = option types.bool false;
in
{
  nixos = {
    options = {
      warnings = list;
      environment = { systemPackages = list; variables = set; shellAliases = set; };
      programs = {
        git = { enable = off; package = option types.package "git of nixpkgs"; config = option (types.attrsOf (types.attrsOf types.raw)) { }; };
        bash = { interactiveShellInit = lines ""; promptInit = lines "PS1 of NixOS"; };
        zsh.promptInit = lines "prompt of NixOS";
        fish.interactiveShellInit = lines "";
        neovim.enable = off;
        tmux.enable = off;
        starship.enable = off;
      };
    };
    config.environment = {
      variables = { EDITOR = mkDefault "nano"; PAGER = mkDefault "less"; LANG = "en_US.UTF-8"; };
      shellAliases = { ls = mkDefault "ls --color=tty"; ll = mkDefault "ls -l"; l = mkDefault "ls -alh"; };
    };
  };

  darwin = {
    options = {
      warnings = list;
      environment = { systemPackages = list; variables = set; shellAliases = set; etc = option (types.attrsOf (types.attrsOf types.raw)) { }; };
      programs = {
        bash.interactiveShellInit = lines "";
        zsh.promptInit = lines "prompt of nix-darwin";
        fish.interactiveShellInit = lines "";
        tmux.enable = off;
      };
    };
    config.environment.variables = { EDITOR = mkDefault "nano"; PAGER = mkDefault "less -R"; };
  };

  homeManager = {
    options = {
      warnings = list;
      home = { packages = list; sessionVariables = set; shellAliases = set; };
      programs = {
        git = { enable = off; package = option types.package "git of nixpkgs"; iniContent = option (types.attrsOf (types.attrsOf types.raw)) { }; };
        bash = { enable = off; bashrcExtra = lines ""; initExtra = lines ""; };
        zsh.initContent = lines "";
        fish.interactiveShellInit = lines "";
        neovim.enable = off;
        tmux.enable = off;
        starship.enable = off;
      };
    };
  };
}
