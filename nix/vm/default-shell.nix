# A development shell as a file for bash, so that it is entered without evaluating or fetching anything: its programs on
# PATH, its variables, its hook.
{ pkgs, shell }:
let
  inherit (pkgs) lib;
  tree = pkgs.buildEnv {
    name = "konductor-default-shell-environment";
    paths = (shell.nativeBuildInputs or [ ]) ++ (shell.buildInputs or [ ]) ++ (shell.packages or [ ]);
    pathsToLink = [ "/bin" "/share" ];
    ignoreCollisions = true;
  };
  variables = shell.variables or { };
in
pkgs.writeText "konductor-default-shell" ''
  export PATH=${tree}/bin:$PATH
  export XDG_DATA_DIRS=${tree}/share''${XDG_DATA_DIRS:+:$XDG_DATA_DIRS}
  export IN_NIX_SHELL=impure
  ${lib.concatStrings (lib.mapAttrsToList (name: value: "export ${name}=${lib.escapeShellArg (toString value)}\n") variables)}
  ${shell.shellHook or ""}
  [[ ! -r ~/.bashrc ]] || source ~/.bashrc
''
