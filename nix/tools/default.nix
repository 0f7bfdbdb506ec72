# The linters, formatters and tools of the git hooks, by the names that `k` has for them: `konductor.tools.NAME`.
# nix/tools.json is made from the same table as `k`'s own calls, by `k generate`.
{ pkgs, lib, npm, pinned }:
let
  rows = lib.importJSON ../tools.json;
  makeTool = import ./make-tool.nix { inherit pkgs lib npm; };

  # Those that come with a language, in its version, belong to its package set. They take no configuration.
  ofLanguages = [ "go-vet" "gofmt" "nix-syntax" "tsc" ];
  # Those that `k` carries as libraries and that have no command line; each stands in for another tool.
  hasProgram = row: (row.nix != null || row.script != null) && !builtins.elem row.name ofLanguages;

  tools = lib.listToAttrs (map (row: lib.nameValuePair row.name (makeTool row)) (lib.filter hasProgram rows));
in
tools // {
  # Of the pinned Rust, which it formats for. `cargo fmt` comes with it.
  rustfmt = tools.rustfmt.override { package = pinned.rustfmt; };
}
