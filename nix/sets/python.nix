{ pkgs, tools, pinned, ... }:
[
  (pinned.python.withPackages (python: [
    python.ipython
    python.pip
    python.pytest
  ]))
  pkgs.isort
  pkgs.uv
  tools.bandit
  tools.black
  tools.mypy
  tools.ruff
]
