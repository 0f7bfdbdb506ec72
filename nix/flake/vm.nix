# The virtual machine: nixosModules.vm for configurations of others, nixosConfigurations.konductor from it, and its disk
# images: packages.<linux>.qcow2, and legacyPackages.<linux>.images.FORMAT, since evaluating one takes a minute.
{ inputs, self, lib, withSystem, ... }:
let
  systems = [ "x86_64-linux" "aarch64-linux" ];
  module = import ../vm/module.nix {
    inherit inputs;
    konductorFor = system: withSystem system ({ config, ... }: config.legacyPackages.konductor);
  };
  machine = system: withSystem system ({ pkgs, ... }: inputs.nixpkgs.lib.nixosSystem {
    modules = [
      self.nixosModules.vm
      # The one instance of nixpkgs that all of Konductor is made from.
      { nixpkgs.pkgs = pkgs; konductor.vm.enable = true; }
      ../vm/disk.nix
    ];
  });
  nameOf = system: "konductor" + lib.optionalString (system != builtins.head systems) "-${lib.removeSuffix "-linux" system}";
  images = system: self.nixosConfigurations.${nameOf system}.config.system.build.images;
  formats = [ "qemu-efi" "raw-efi" "iso" "kubevirt" "amazon" "google-compute" "azure" "openstack" ];
in
{
  flake = {
    nixosModules.vm = { _file = ../vm/module.nix; key = "konductor-vm"; imports = [ module ]; };
    nixosConfigurations = lib.listToAttrs (map (system: lib.nameValuePair (nameOf system) (machine system)) systems);
  };
  perSystem = { config, lib, pkgs, system, ... }: {
    packages = lib.optionalAttrs (lib.elem system systems) { qcow2 = (images system).qemu-efi; };
    legacyPackages = lib.optionalAttrs (lib.elem system systems) {
      images = lib.getAttrs formats (images system);
      # What ssh sessions of the machine enter where there is no checkout.
      vmShell = import ../vm/default-shell.nix { inherit pkgs; inherit (config.legacyPackages) konductor; };
    };
  };
}
