# Modules for other people's configurations. They bring their packages: no overlay, no unfree setting and no input is
# asked of who imports them.
{ config, lib, withSystem, flake-parts-lib, ... }:
let
  konductorFor = system:
    if lib.elem system config.systems
    then withSystem system (perSystem: perSystem.config.legacyPackages.konductor)
    else throw "konductor has no packages for ${system}; its modules work on ${lib.concatStringsSep ", " config.systems}";
  twice = file:
    let module = flake-parts-lib.importApply file { inherit konductorFor; };
    in { default = module; konductor = module; };
in
{
  flake = {
    nixosModules = twice ../modules/nixos.nix;
    darwinModules = twice ../modules/darwin.nix;
    homeModules = twice ../modules/home-manager.nix;
    homeManagerModules = config.flake.homeModules;
  };
}
