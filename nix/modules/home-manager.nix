# konductorFor: SYSTEM -> the attribute set of ../konductor.nix
{ konductorFor }:
{ config, lib, pkgs, ... }:
let
  inherit (lib) mkBefore mkDefault mkIf mkMerge;
  cfg = config.konductor;
  konductor = konductorFor pkgs.stdenv.hostPlatform.system;
  shared = import ./shared.nix { inherit config lib pkgs konductor; };
in
{
  _class = "homeManager";
  key = "konductor#homeModules.default";
  options.konductor = import ./options.nix { inherit lib konductor; inherit (shared) gitTemplate; };

  config = mkIf cfg.enable (mkMerge [
    {
      inherit (shared) warnings;
      home = {
        packages = [ shared.environment ];
        sessionVariables = shared.variables;
        shellAliases = shared.aliases;
      };
      # For who turns it on; Konductor itself needs no file of yours.
      programs.git.package = mkIf cfg.git.enable (mkDefault shared.git);
    }
    (mkIf cfg.hooks.enable {
      programs.git = {
        enable = mkDefault true;
        iniContent.init.templateDir = mkDefault shared.templateDir;
      };
    })
    (mkIf cfg.bash.enable {
      programs.bash = {
        enable = mkDefault true;
        # Before the settings of history that home-manager writes, which may be yours. It returns where bash is not interactive.
        bashrcExtra = mkBefore shared.bashInit;
      };
    })
    (mkIf cfg.starship.enable {
      programs.bash.initExtra = mkIf shared.starshipInBash (shared.starshipInit "bash");
      programs.zsh.initContent = shared.starshipInit "zsh";
      programs.fish.interactiveShellInit = shared.starshipFish;
    })
  ]);
}
