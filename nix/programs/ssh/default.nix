# OpenSSH whose ssh, scp and sftp know the virtual machines of `k`: `ssh localhost` is the default one. `k nqs` writes their
# configuration, which reads the user's and the host's behind it. All other programs are as they were.
{ pkgs, lib, facts, ... }:
let
  wrap = import ../wrap.nix { inherit pkgs lib; };
  program = import ./script.nix {
    inherit (facts) meta;
    stat = "${pkgs.coreutils}/bin/stat";
  };
in
{
  package = wrap {
    package = pkgs.openssh;
    mainProgram = "ssh";
    programs = lib.genAttrs [ "ssh" "scp" "sftp" ] (name: program "${pkgs.openssh}/bin/${name}");
  };
}
