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
  _class = "nixos";
  key = "konductor#nixosModules.default";
  options.konductor = import ./options.nix { inherit lib konductor; inherit (shared) gitTemplate; };

  config = mkIf cfg.enable (mkMerge [
    {
      inherit (shared) warnings;
      environment = {
        systemPackages = [ shared.environment ];
        inherit (shared) variables;
        shellAliases = shared.aliases;
      };
      # For who turns it on; Konductor itself needs no file in /etc.
      programs.git.package = mkIf cfg.git.enable (mkDefault shared.git);
    }
    (mkIf cfg.hooks.enable {
      programs.git = {
        enable = mkDefault true;
        config.init.templateDir = mkDefault shared.templateDir;
      };
    })
    (mkIf cfg.bash.enable {
      programs.bash.interactiveShellInit = mkBefore shared.bashInit;
    })
    (mkIf cfg.starship.enable {
      programs.bash.promptInit = mkIf shared.starshipInBash (mkDefault (shared.starshipInit "bash"));
      programs.zsh.promptInit = mkDefault (shared.starshipInit "zsh");
      programs.fish.interactiveShellInit = shared.starshipFish;
    })
  ]);
}
