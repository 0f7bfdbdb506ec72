# For consumers: the facts, and how Konductor imports nixpkgs.
{ lib, ... }:
{
  flake.lib = {
    facts = import ../lib/facts.nix;
    nixpkgsConfig = import ../nixpkgs-config.nix { inherit lib; };
  };
}
