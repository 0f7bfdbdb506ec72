# The languages at the versions of nix/lib/versions.nix.
{ pkgs, lib, facts }:
let
  inherit (facts) versions;
  fromNixpkgs = language: pkgs.${versions.${language}.attr} or (throw
    "konductor: this nixpkgs has no ${versions.${language}.attr}; Konductor is made for ${versions.nixos.branch}, or change nix/lib/versions.nix");
  toolchain = pkgs.rust-bin.stable.${versions.rust.version} or (throw
    "konductor: this rust-overlay has no Rust ${versions.rust.version}; update it, or change nix/lib/versions.nix");
in
{
  python = fromNixpkgs "python";
  go = fromNixpkgs "go";
  node = fromNixpkgs "node";
  # rustfmt is wrapped, and so comes by itself.
  rust = toolchain.minimal.override { extensions = [ "clippy" "rust-src" "rust-analyzer" ]; };
  inherit (toolchain) rustfmt;
}
