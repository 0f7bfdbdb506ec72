# What the flake offers to install; `k` is the default.
{ pkgs, lib, facts, npm, programs, ... }:
let
  k = import ./k.nix { inherit pkgs lib facts npm; };
  programOf = name: lib.optionalAttrs (programs ? ${name}) { ${name} = programs.${name}.package; };
in
{
  default = k;
  inherit k;
  inherit (npm) bun;
}
// lib.mapAttrs' (_: lib.nameValuePair "nvim") (programOf "neovim")
// programOf "tmux"
