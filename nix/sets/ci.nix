{ pkgs, ... }:
with pkgs; [
  forgejo-cli
  forgejo-runner
]
