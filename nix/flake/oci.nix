# packages.<linux>.oci, with `copyToDockerDaemon`, `copyToRegistry` and `copyToPodman` in it.
{ inputs, ... }:
{
  perSystem = { config, pkgs, lib, system, ... }: {
    packages = lib.optionalAttrs (lib.hasSuffix "-linux" system) {
      oci = import ../oci { inherit pkgs inputs; inherit (config.legacyPackages) konductor; };
    };
  };
}
