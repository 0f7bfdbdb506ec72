{ pkgs, tools, pinned, ... }:
[
  pinned.go
  pkgs.delve
  pkgs.gopls
  pkgs.gotools
  tools.gofumpt
  tools.golangci-lint
  tools.staticcheck
  # CGO_ENABLED=1 asks for a compiler of C.
  pkgs.stdenv.cc
]
