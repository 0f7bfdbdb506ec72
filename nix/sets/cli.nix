{ pkgs, programs, ... }:
[
  pkgs.direnv
  pkgs.fd
  pkgs.fzf
  pkgs.gh
  pkgs.jq
  pkgs.nix-direnv
  pkgs.ripgrep
  pkgs.sqlite
  pkgs.yq-go
  programs.git.package
  programs.starship.package
]
