# Kernel, console, disk.
_: { lib, pkgs, ... }:
let
  inherit (lib) mkDefault;
  serial = if pkgs.stdenv.hostPlatform.isAarch64 then "ttyAMA0" else "ttyS0";
in
{
  # The last one is where systemd tells how the boot goes, which `k` reads.
  boot.kernelParams = [ "console=tty0" "console=${serial},115200" ];
  boot.loader.timeout = mkDefault 0;
  boot.loader.grub.configurationLimit = mkDefault 5;
  boot.loader.systemd-boot.configurationLimit = mkDefault 5;
  boot.tmp.cleanOnBoot = mkDefault true;

  fileSystems."/".options = [ "noatime" ];
  services.fstrim.enable = mkDefault true;

  # For disks behind a network: write in larger pieces, and swap late.
  boot.kernel.sysctl = lib.mapAttrs (_: mkDefault) {
    "vm.dirty_background_ratio" = 10;
    "vm.dirty_ratio" = 40;
    "vm.dirty_expire_centisecs" = 3000;
    "vm.dirty_writeback_centisecs" = 500;
    "vm.swappiness" = 10;
    "vm.vfs_cache_pressure" = 50;
  };

  # A guest is rebuilt, not read about; manuals are a fifth of its disk.
  documentation.enable = mkDefault false;
  documentation.nixos.enable = mkDefault false;
  environment.defaultPackages = mkDefault [ ];
  programs.command-not-found.enable = mkDefault false;
}
