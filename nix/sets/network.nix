{ pkgs, programs, ... }:
[
  pkgs.curl
  pkgs.gnupg
  pkgs.rsync
  pkgs.wget
  programs.ssh.package
]
