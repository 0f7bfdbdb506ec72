{ pkgs, ... }:
with pkgs; [
  aider-chat
  claude-code
]
