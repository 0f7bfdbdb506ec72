{ programs, ... }:
let
  of = name: if programs ? ${name} then { ${name} = programs.${name}.package; } else { };
in
of "neovim" // of "tmux"
