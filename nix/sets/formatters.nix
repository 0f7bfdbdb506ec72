# The eight of the readme; ruff, which is a linter too, stands there.
{ tools, ... }:
with tools; [
  biome
  black
  gofumpt
  nixpkgs-fmt
  prettier
  shfmt
  taplo
]
