# What shells are put together from. A layer has packages, variables, and what is done on entering: see hook.nix.
{ pkgs, lib, facts, sets, packages, ... }:
let
  inherit (facts) env;
  language = name: more: {
    packages = sets.${name};
    variables = env.languages.${name};
    homePaths = env.homePaths.${name};
  } // more;
in
{
  base = {
    packages = [ packages.k ] ++ sets.core ++ sets.network ++ sets.cli ++ sets.linters ++ sets.formatters ++ sets.hooks;
    variables = env.base;
    hook = import ./base-hook.nix { inherit pkgs; };
  };
  python = language "python" { hook = builtins.readFile ./python-hook.bash; };
  go = language "go" { compiles = true; };
  node = language "node" { };
  rust = language "rust" { compiles = true; };
  ide = {
    packages = sets.ide;
  };
  versions = {
    interactive = builtins.readFile ./versions-hook.bash;
  };
  selfHosting = {
    packages = sets.selfHosting;
    variables = import ./firmware.nix { inherit pkgs lib; };
    hook = builtins.readFile ./docker-hook.bash;
  };
  ci = {
    packages = sets.ci;
    variables.CI = "true";
  };
}
