# The prompt. STARSHIP_CONFIG of the user wins.
{ pkgs, lib, ... }:
let
  wrap = import ../wrap.nix { inherit pkgs lib; };
  configFile = pkgs.writeText "starship.toml" (import ./config.nix { theme = import ../theme.nix; });
in
{
  inherit configFile;
  package = wrap {
    package = pkgs.starship;
    mainProgram = "starship";
    passthru = { inherit configFile; };
    programs.starship = ''
      export STARSHIP_CONFIG="''${STARSHIP_CONFIG:-${configFile}}"
      exec ${pkgs.starship}/bin/starship "$@"
    '';
  };
}
