# First boot, as each cloud, KubeVirt, libvirt, or the seed of `k` says.
{ texts, ... }: { lib, ... }:
{
  services.cloud-init = {
    enable = true;
    network.enable = true;
    settings = lib.mapAttrs (_: lib.mkDefault) (removeAttrs texts.cloudInit [ "system_info" "users" "disable_root" "preserve_hostname" ])
      // { inherit (texts.cloudInit) system_info users disable_root preserve_hostname; };
  };
}
