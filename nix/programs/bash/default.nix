# What an interactive bash of Konductor reads.
{ pkgs, lib, facts, ... }:
let
  inputrc = pkgs.writeText "konductor-inputrc" (builtins.readFile ./inputrc);
in
{
  inherit inputrc;
  # A file to source, silent and without effect where bash is not interactive. With `commands` only the aliases and
  # set-ups of these programs are in it; each of them is still left out where its program is not found.
  rc = { commands ? null }: pkgs.writeText "konductor-bashrc" (import ./rc.nix {
    inherit (facts) aliases env;
    inherit commands inputrc;
    completion = "${pkgs.bash-completion}/share/bash-completion/bash_completion";
  });
}
