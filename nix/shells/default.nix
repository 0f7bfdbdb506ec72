# The shells of the flake, by name; nix/lib/shells.nix lists them.
{ lib, facts, ... }@args:
let
  mkShell = import ./make-shell.nix args;
in
{
  inherit mkShell;
  shells = lib.listToAttrs (map
    ({ name, layers, ... }: lib.nameValuePair name (mkShell { inherit name layers; }))
    facts.shells);
}
