# What runs: the guest agent always, docker and libvirt when they are asked for.
{ texts, ... }: { config, lib, pkgs, ... }:
let
  cfg = config.konductor.vm;
  # Written by cloud-init where the network is behind a proxy; one that is missing is no error.
  behindProxy.serviceConfig.EnvironmentFile = "-${texts.proxyFile}";
in
{
  services.qemuGuest.enable = true;
  # With a question unanswered it does not end by itself, and the guest's shutdown would wait for it.
  systemd.services.qemu-guest-agent.serviceConfig.TimeoutStopSec = 3;
  services.spice-vdagentd.enable = cfg.spice;

  virtualisation.docker = {
    enable = cfg.docker;
    enableOnBoot = false;
  };
  systemd.services.docker = lib.mkIf cfg.docker behindProxy;

  virtualisation.libvirtd = {
    enable = cfg.libvirt;
    qemu = {
      package = lib.mkDefault pkgs.qemu_kvm;
      swtpm.enable = lib.mkDefault true;
    };
  };
  # Their sockets start them. `libvirt-guests` would start libvirtd to ask whether there are guests.
  systemd.services.libvirtd.wantedBy = lib.mkIf cfg.libvirt (lib.mkForce [ ]);
  systemd.services.libvirt-guests.wantedBy = lib.mkIf cfg.libvirt (lib.mkForce [ ]);

  systemd.services.nix-daemon = behindProxy;
}
