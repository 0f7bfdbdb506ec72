# Addresses by DHCP on every real network card, until cloud-init says otherwise: its files come first.
{ facts, ... }: { lib, ... }:
{
  # Modules of clouds have an empty name as their default; cloud-init sets what the cloud says.
  networking.hostName = lib.mkOverride 900 facts.meta.vm.hostname;
  networking.useNetworkd = true;
  networking.useDHCP = false;
  systemd.network = {
    enable = true;
    networks."80-konductor-ethernet" = {
      # Those of containers and bridges have a kind.
      matchConfig = { Type = "ether"; Kind = "!*"; };
      networkConfig = { DHCP = "yes"; IPv6AcceptRA = true; };
    };
    wait-online = {
      anyInterface = lib.mkDefault true;
      # In seconds: a machine without a network is to boot, too.
      timeout = lib.mkDefault 30;
    };
  };
}
