# What the git hooks run beside linters and formatters.
{ tools, ... }:
with tools; [
  actionlint
  bandit
  commitlint
  cspell
  gitleaks
  secretlint
]
