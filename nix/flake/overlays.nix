# For a consumer's own nixpkgs: `pkgs.konductor`, with the pinned Rust that it needs. Nothing else is changed.
{ inputs, lib, ... }:
{
  flake.overlays.default = lib.composeManyExtensions [
    inputs.rust-overlay.overlays.default
    (final: _prev: {
      konductor = import ../konductor.nix { pkgs = final; inherit inputs; };
    })
  ];
}
