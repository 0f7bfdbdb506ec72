# The NixOS module of the virtual machine: `konductor.vm.enable` makes a guest of QEMU, KubeVirt or a cloud of a system.
# `konductorFor` gives Konductor's parts for a system, so that no overlay is asked of whoever imports this.
{ inputs, konductorFor }:
{ config, lib, pkgs, modulesPath, ... }:
let
  facts = import ../lib/facts.nix;
  context = {
    inherit inputs facts;
    konductor = konductorFor pkgs.stdenv.hostPlatform.system;
    texts = import ./texts.nix {
      inherit facts;
      systemctl = "${config.systemd.package}/bin/systemctl";
    };
  };
  whenAsked = lib.mkIf config.konductor.vm.enable;
  part = path: whenAsked (import path context { inherit config lib pkgs; });
  # NixOS' own module for the drivers, which has no switch.
  drivers = import (modulesPath + "/profiles/qemu-guest.nix") { inherit config lib pkgs; };
in
{
  # Modules that only declare, or that say nothing unless asked.
  imports = [
    (import ./options.nix { inherit (context) facts; })
    (import ./images.nix { inherit facts; })
  ];

  config = lib.mkMerge ([ (whenAsked drivers) ] ++ map part [
    ./parts/boot.nix
    ./parts/network.nix
    ./parts/users.nix
    ./parts/ssh.nix
    ./parts/cloud-init.nix
    ./parts/workspace.nix
    ./parts/services.nix
    ./parts/nix.nix
    ./parts/shell.nix
  ]);
}
