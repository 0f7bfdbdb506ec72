# The hook of every shell is valid, and shellcheck finds nothing in it.
{ pkgs, lib, konductor }:
let
  hooks = lib.mapAttrsToList (name: shell: pkgs.writeText "${name}-hook" shell.shellHook) konductor.shells;
in
pkgs.runCommandLocal "konductor-shell-hooks" { } ''
  for hook in ${toString hooks}; do
    ${pkgs.bash}/bin/bash -n "$hook"
    # SC1091: it need not follow what is sourced.
    ${lib.getExe konductor.tools.shellcheck.unwrapped} --norc --shell=bash --exclude=SC1091 "$hook"
  done
  touch "$out"
''
