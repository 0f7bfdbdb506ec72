# The programs of the container image: what the readme promises, without the languages. Each group is a step of layers,
# the one that changes least first.
{ pkgs, konductor }:
let
  inherit (pkgs) lib;
  inherit (konductor) sets programs packages;
  free = import ../lib/free.nix;
in
rec {
  groups = map ({ name, packages }: { inherit name; packages = free packages; }) [
    { name = "base"; packages = sets.core ++ sets.system; }
    { name = "nix"; packages = [ pkgs.nix ]; }
    { name = "network"; packages = sets.network; }
    { name = "cli"; packages = sets.cli; }
    { name = "checks"; packages = sets.linters ++ sets.formatters ++ sets.hooks; }
    { name = "editor"; packages = [ programs.neovim.package programs.tmux.package ]; }
  ];
  # `k` changes with each commit, so it is in the last layer, with the files.
  all = builtins.concatMap (group: group.packages) groups ++ [ packages.k ];
  commands = import ../lib/commands.nix lib all;
  tree = pkgs.buildEnv {
    name = "konductor-environment";
    paths = all;
    pathsToLink = [ "/bin" "/share" ];
    # Wrapped tools come before the plain ones of the same name.
    ignoreCollisions = true;
  };
}
