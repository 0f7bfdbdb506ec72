# What `nix flake check` builds beside the evaluation of all outputs.
{
  perSystem = { config, pkgs, lib, ... }:
    let
      inherit (config.legacyPackages) konductor;
    in
    {
      checks = {
        inherit (konductor.packages) k;
        tools = import ../checks/tools.nix { inherit pkgs lib; inherit (konductor) tools; };
        shells = import ../checks/shells.nix { inherit pkgs lib konductor; };
      };
    };
}
