# A shell of layers, which consumers call as `konductor.lib.mkShell`: one mkShell with what all of them bring, each thing once.
{ pkgs, lib, facts, programs, packages, ... }@args:
let
  known = import ./layers.nix args;
  layerOf = name: known.${name} or (throw
    "konductor: no layer is called ${name}; there are ${lib.concatStringsSep ", " (lib.attrNames known)}");

  # What can be called in the shell: aliases, editor and pager are set only for these.
  programsOf = package: [ (package.meta.mainProgram or (lib.getName package)) (lib.getName package) ];
in
{ name
, # Names of layers, the first the innermost.
  layers ? [ "base" ]
  # More of one's own, found first.
, extraPackages ? [ ]
, env ? { }
, shellHook ? ""
}:
let
  chosen = map layerOf layers;
  all = lib.unique (extraPackages ++ lib.concatMap (layer: layer.packages or [ ]) chosen);
  commands = lib.unique (lib.concatMap programsOf all);
  variables = lib.mergeAttrsList (map (layer: layer.variables or { }) chosen);
  ofPrograms = lib.listToAttrs (lib.filter (row: builtins.elem row.program commands) facts.env.programs);
  hook = import ./hook.nix { inherit lib programs packages commands; } chosen;
  # A compiler of C needs its surroundings, most of all on macOS.
  make = if lib.any (layer: layer.compiles or false) chosen then pkgs.mkShell else pkgs.mkShellNoCC;
in
make {
  name = "konductor-${name}";
  packages = all;
  env = variables // ofPrograms // { KONDUCTOR_SHELL = name; } // env;
  shellHook = hook + shellHook;
  passthru = { inherit layers commands; };
}
