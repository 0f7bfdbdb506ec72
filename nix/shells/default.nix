{ pkgs, lib, facts, sets, programs, packages, ... }:
lib.genAttrs [ "default" "python" "go" "node" "rust" "dev" "full" "konductor" "ci" ] (name: pkgs.mkShellNoCC {
  inherit name;
  packages = sets.core;
})
