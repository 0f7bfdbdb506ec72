# Every wrapped tool starts, and still says its version as the unwrapped one does.
{ pkgs, lib, tools }:
let
  rows = lib.filter (row: tools ? ${row.name} && row.version != [ ]) (lib.importJSON ../tools.json);
  ask = row:
    let program = lib.getExe' tools.${row.name} row.program; in
    ''
      echo ${row.name}
      ${program} ${lib.escapeShellArgs row.version} >> "$out" || { echo "${row.name} does not start" >&2; exit 1; }
    '';
in
pkgs.runCommandLocal "konductor-tools" { } ''
  export HOME=$PWD
  : > "$out"
  ${lib.concatMapStrings ask rows}
''
