# The one instance of nixpkgs of each system: shells, packages, image, virtual machine and Neovim share it.
{ inputs, ... }:
{
  perSystem = { system, lib, ... }: {
    _module.args.pkgs = import inputs.nixpkgs {
      inherit system;
      overlays = [ inputs.rust-overlay.overlays.default ];
      config = import ../nixpkgs-config.nix { inherit lib; };
    };
  };
}
