# git with defaults at the system's level: the user's own file wins over them, and is the one that `gh auth setup-git` and
# `git config --global` write.
{ pkgs, lib, ... }:
let
  wrap = import ../wrap.nix { inherit pkgs lib; };
  configFile = pkgs.writeText "konductor-gitconfig" (import ./config.nix { });
in
{
  inherit configFile;
  package = wrap {
    package = pkgs.git;
    mainProgram = "git";
    passthru = { inherit configFile; };
    programs.git = ''
      # Who names a system file already, a test for one, gets that.
      export GIT_CONFIG_SYSTEM="''${GIT_CONFIG_SYSTEM-${configFile}}"
      exec ${pkgs.git}/bin/git "$@"
    '';
  };
}
