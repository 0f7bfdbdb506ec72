# Nix with flakes; `konductor` and `nixpkgs` are what the image was made from.
{ inputs, facts, texts, ... }: { lib, ... }:
let
  self = inputs.self or { };
  inherit (facts.meta) flake;
in
{
  nix.settings = {
    experimental-features = [ "nix-command" "flakes" ];
    auto-optimise-store = lib.mkDefault true;
    # A trusted user can become root, so only who may be root anyway is one.
    trusted-users = texts.admins;
  };
  nix.channel.enable = lib.mkDefault false;
  nix.gc = { automatic = lib.mkDefault false; };

  nix.registry.${flake.id} =
    if self ? outPath then { flake = self; } else { to = { type = "github"; inherit (flake) owner repo; }; };
  # By revision, since its source would be 400 MB of the image.
  nixpkgs.flake.setFlakeRegistry = false;
  nixpkgs.flake.setNixPath = false;
  nix.registry.nixpkgs = lib.mkIf (inputs.nixpkgs ? rev)
    { to = { type = "github"; owner = "NixOS"; repo = "nixpkgs"; inherit (inputs.nixpkgs) rev; }; };

  system.stateVersion = lib.mkDefault facts.versions.nixos.stateVersion;
}
