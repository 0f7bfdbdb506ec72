# `nix fmt`: the owner of Nix files in `k format` too.
{
  perSystem = { config, ... }: {
    formatter = config.legacyPackages.konductor.tools.nixpkgs-fmt;
  };
}
