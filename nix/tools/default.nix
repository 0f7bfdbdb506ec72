{ pkgs, lib, ... }:
let
  rows = lib.importJSON ../tools.json;
  wrapped = lib.filter (row: row.nix != null && row.nix != "go") rows;
in
lib.listToAttrs (map (row: lib.nameValuePair row.name (pkgs.${row.nix})) wrapped)
