# The programs of the container image: what the readme promises, without the languages. Each group is a step of layers,
# the one that changes least first.
{ pkgs, konductor }:
let
  inherit (pkgs) lib;
  inherit (konductor) sets programs packages;

  # The image is given to others, so nothing is in it that may not be.
  ours = builtins.filter (package: !(package.meta.unfree or false));
  of = set: name: lib.optional (set ? ${name}) set.${name};
  program = name: map (found: found.package) (of programs name);
in
rec {
  groups = map ({ name, packages }: { inherit name; packages = ours packages; }) [
    { name = "base"; packages = sets.core ++ sets.system ++ [ pkgs.su pkgs.linux-pam pkgs.cacert pkgs.iana-etc ]; }
    { name = "nix"; packages = [ pkgs.nix ]; }
    { name = "network"; packages = sets.network; }
    { name = "cli"; packages = sets.cli; }
    { name = "checks"; packages = sets.linters ++ sets.formatters ++ sets.hooks; }
    { name = "editor"; packages = program "neovim" ++ program "tmux"; }
  ];
  all = builtins.concatMap (group: group.packages) groups ++ of packages "k";
  # What they are called when run, as far as their metadata says: aliases and variables are set by it.
  commands = lib.unique (map (package: package.meta.mainProgram or (lib.getName package)) all);
  tree = pkgs.buildEnv {
    name = "konductor-environment";
    paths = all;
    pathsToLink = [ "/bin" "/share" ];
    # Wrapped tools come before the plain ones of the same name.
    ignoreCollisions = true;
  };
}
