# How nixpkgs is imported. Packages that are not free are allowed by name, each for a promise of the readme.
{ lib }:
let
  unfree = [
    "claude-code" # enableAI
    "terraform" # enableDevOps
  ];
in
{
  allowUnfreePredicate = package: builtins.elem (lib.getName package) unfree;
}
