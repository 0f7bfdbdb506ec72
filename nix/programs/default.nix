# Each folder here is a program: a function of these arguments to `{ package; … }`.
args@{ lib, ... }:
let
  folders = lib.filterAttrs (_: type: type == "directory") (builtins.readDir ./.);
in
lib.mapAttrs (name: _: import (./. + "/${name}") args) folders
