{ pkgs, tools, pinned, ... }:
[
  pinned.rust
  pkgs.cargo-edit
  pkgs.cargo-watch
  tools.rustfmt
  # Rust links by it.
  pkgs.stdenv.cc
]
