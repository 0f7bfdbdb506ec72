# The disk that the images make, so that `nixos-rebuild switch --flake konductor#konductor` fits a running machine of any
# of them. Those who import the module have disks of their own.
{ lib, ... }:
let
  inherit (lib) mkDefault;
in
{
  # One by one: a format that gives only some would else lose the rest.
  fileSystems."/" = {
    device = mkDefault "/dev/disk/by-label/nixos";
    fsType = mkDefault "ext4";
    autoResize = mkDefault true;
  };
  fileSystems."/boot" = {
    device = mkDefault "/dev/disk/by-label/ESP";
    fsType = mkDefault "vfat";
  };
  boot.growPartition = mkDefault true;
  boot.loader.systemd-boot.enable = mkDefault true;
}
