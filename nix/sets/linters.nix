# The thirteen of the readme.
{ tools, ... }:
with tools; [
  deadnix
  eslint
  golangci-lint
  hadolint
  htmlhint
  lychee
  markdownlint
  mypy
  ruff
  shellcheck
  statix
  stylelint
  yamllint
]
