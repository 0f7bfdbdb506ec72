# A package with some of its programs behind a script of ours; the others, man pages and completions stay as they are.
{ pkgs, lib }:
{ package
  # The program that `nix run` starts, and the name of the result.
, mainProgram
  # Program to the text of its script. The real one is `${package}/bin/PROGRAM`.
, programs
  # Further packages in the same folder.
, beside ? [ ]
, passthru ? { }
}:
let
  replace = program: text: ''
    rm -f "$out/bin/${program}"
    ln -s ${pkgs.writeShellScript "konductor-${program}" text} "$out/bin/${program}"
  '';
in
pkgs.symlinkJoin {
  name = "${mainProgram}-konductor";
  paths = [ package ] ++ beside;
  postBuild = lib.concatStrings (lib.mapAttrsToList replace programs);
  # Modules of others ask for the version.
  passthru = { unwrapped = package; version = lib.getVersion package; } // passthru;
  meta = { inherit mainProgram; };
}
