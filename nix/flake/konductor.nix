# legacyPackages.SYSTEM.konductor: what all outputs, and modules in other people's configurations, are made from.
{ inputs, ... }:
{
  perSystem = { pkgs, ... }: {
    legacyPackages.konductor = import ../konductor.nix { inherit pkgs inputs; };
  };
}
