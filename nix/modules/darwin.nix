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
  _class = "darwin";
  key = "konductor#darwinModules.default";
  options.konductor = import ./options.nix { inherit lib konductor; inherit (shared) gitTemplate; };

  config = mkIf cfg.enable (mkMerge [
    {
      inherit (shared) warnings;
      environment = {
        systemPackages = [ shared.environment ];
        inherit (shared) variables;
        shellAliases = shared.aliases;
      };
    }
    (mkIf cfg.hooks.enable {
      # The git of nixpkgs reads it; Apple's does not.
      environment.etc.gitconfig.text = mkDefault ''
        [init]
        	templateDir = ${shared.templateDir}
      '';
    })
    (mkIf cfg.bash.enable {
      programs.bash.interactiveShellInit = mkBefore shared.bashInit;
    })
    (mkIf cfg.starship.enable {
      programs.bash.interactiveShellInit = mkIf shared.starshipInBash (shared.starshipInit "bash");
      programs.zsh.promptInit = mkDefault (shared.starshipInit "zsh");
      programs.fish.interactiveShellInit = shared.starshipFish;
    })
  ]);
}
