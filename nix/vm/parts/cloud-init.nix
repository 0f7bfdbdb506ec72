# First boot, as each cloud, KubeVirt, libvirt, or the seed of `k` says.
{ texts, ... }: { lib, pkgs, ... }:
{
  services.cloud-init = {
    enable = true;
    network.enable = true;
    # What `k`'s seed calls, beside what NixOS gives it.
    extraPackages = [ pkgs.bash pkgs.getent ];
    settings = lib.mapAttrs (_: lib.mkDefault) (removeAttrs texts.cloudInit [ "system_info" "users" "disable_root" "preserve_hostname" ])
      // { inherit (texts.cloudInit) system_info users disable_root preserve_hostname; };
  };
}
