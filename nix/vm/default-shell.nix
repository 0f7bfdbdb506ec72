# The default development shell as a file for bash, so that it is entered without evaluating or fetching anything: its
# programs on PATH, its variables, its hook.
{ pkgs, konductor }:
let
  inherit (pkgs) lib;
  inherit (konductor.facts) env;
  shell = konductor.shells.default;
  tree = pkgs.buildEnv {
    name = "konductor-default-shell-environment";
    paths = import ../lib/free.nix shell.nativeBuildInputs;
    pathsToLink = [ "/bin" "/share" ];
    ignoreCollisions = true;
  };
  names = lib.attrNames env.base ++ map (row: row.name) env.programs ++ [ "KONDUCTOR_SHELL" ];
  variables = lib.getAttrs (lib.filter (name: shell ? ${name}) names) shell;
in
pkgs.writeText "konductor-default-shell" ''
  export PATH=${tree}/bin:$PATH
  export XDG_DATA_DIRS=${tree}/share''${XDG_DATA_DIRS:+:$XDG_DATA_DIRS}
  export IN_NIX_SHELL=impure
  ${lib.concatStrings (lib.mapAttrsToList (name: value: "export ${name}=${lib.escapeShellArg (toString value)}\n") variables)}
  ${shell.shellHook or ""}
  [[ ! -r ~/.bashrc ]] || source ~/.bashrc
''
