# `nix run konductor -- lint`. nix/flake/programs.nix has the others.
{
  perSystem = { config, lib, ... }:
    let
      inherit (config.legacyPackages.konductor.packages) k;
      app = {
        type = "app";
        program = lib.getExe k;
        meta = { inherit (k.meta) description; };
      };
    in
    {
      apps = {
        default = app;
        k = app;
      };
    };
}
