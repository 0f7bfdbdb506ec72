{ pkgs, ... }:
with pkgs; [
  bashInteractive
  coreutils
  diffutils
  file
  findutils
  gawk
  gnugrep
  gnused
  gnutar
  gzip
  less
  ncurses
  procps
  which
  xz
]
