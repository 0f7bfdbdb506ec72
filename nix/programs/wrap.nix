# A package with some of its programs behind a script of ours; the others, man pages and completions stay as they are.
{ pkgs, lib }:
{
  # The package, by whose name the result goes.
  package
, # Program to the text of its script. The real one is `${package}/bin/PROGRAM`.
  programs
, # Further packages in the same folder.
  with' ? [ ]
, passthru ? { }
}:
let
  script = program: text: pkgs.writeShellScript "konductor-${program}" text;
  replace = program: text: ''
    rm -f "$out/bin/${program}"
    ln -s ${script program text} "$out/bin/${program}"
  '';
in
pkgs.symlinkJoin {
  name = "${lib.getName package}-konductor";
  paths = [ package ] ++ with';
  postBuild = lib.concatStrings (lib.mapAttrsToList replace programs);
  passthru = { unwrapped = package; } // passthru;
  meta = { inherit (package.meta) mainProgram; };
}
