# What whoever imports the module of the virtual machine can say.
{ facts }:
{ lib, ... }:
let
  inherit (lib) mkEnableOption mkOption types;
  yes = description: mkOption {
    type = types.bool;
    default = true;
    example = false;
    inherit description;
  };
in
{
  options.konductor.vm = {
    enable = mkEnableOption "Konductor's guest: cloud-init, ssh, guest agent, ${facts.meta.workspace}, docker and libvirt";
    passwordLogin = mkOption {
      type = types.bool;
      default = false;
      example = true;
      description = ''
        Whether sshd takes passwords. Nobody has one before somebody sets it: `chpasswd` of cloud-init's user-data, or
        `passwd`. `ssh_pwauth: true` in user-data is the same for one machine.
      '';
    };
    workspace = yes "Whether the folder that the host offers over 9p is mounted on ${facts.meta.workspace}.";
    enterShell = yes ''
      Whether a person who comes by ssh with a terminal is led into the development shell: that of
      ${facts.meta.workspace} where a checkout is mounted, else the default one of the image. `KONDUCTOR_NO_SHELL` or the
      file `~/.config/konductor/no-shell` opts out.
    '';
    docker = yes "Whether Docker is there, started by the first who talks to its socket.";
    libvirt = yes "Whether libvirt is there, started by the first who talks to its socket.";
    spice = mkOption {
      type = types.bool;
      default = false;
      example = true;
      description = "Whether the agent of a graphical SPICE console runs.";
    };
    packages = mkOption {
      type = types.listOf types.package;
      defaultText = lib.literalMD "what the shell `konductor` has, without what may not be given to others";
      example = lib.literalExpression "[ pkgs.postgresql ]";
      description = "Programs of the machine.";
    };
  };
}
