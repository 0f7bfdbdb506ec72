# What is built here and offered to install; `k` is the default. nix/flake/programs.nix has those of nix/programs.
{ pkgs, lib, facts, npm }:
let
  k = import ./k.nix { inherit pkgs lib facts npm; };
in
{
  default = k;
  inherit k;
  inherit (npm) bun;
}
