{ pkgs, programs, ... }:
[
  pkgs.bat
  pkgs.bottom
  pkgs.btop
  pkgs.dust
  pkgs.eza
  pkgs.helix
  pkgs.htop
  pkgs.lazygit
  pkgs.tree
  programs.neovim.package
  programs.tmux.package
]
