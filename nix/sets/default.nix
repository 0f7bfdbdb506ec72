{ pkgs, lib, facts, tools, programs, ... }:
{
  core = with pkgs; [ coreutils bashInteractive ];
}
