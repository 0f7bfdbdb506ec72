# Disk images of the machine, by NixOS' own builders: `config.system.build.images.FORMAT`. Each format changes only what
# its place asks for, and none brings a channel, which is a copy of nixpkgs.
{ facts }:
{ config, lib, modulesPath, ... }:
let
  inherit (facts.meta) kubevirt vm;
  baseName = lib.removeSuffix ".qcow2" kubevirt.diskFile;
  # "20G" in MiB, as NixOS counts.
  diskMiB = lib.toInt (lib.removeSuffix "G" vm.diskSize) * 1024;

  # `builder` goes to NixOS' make-disk-image.nix, whose default brings the channel; `extra` is a module.
  disk = { builder ? _: { }, extra ? { } }: { config, lib, pkgs, ... }: {
    imports = [ extra ];
    image.baseName = baseName;
    system.build.image = lib.mkForce (import (modulesPath + "/../lib/make-disk-image.nix") ({
      inherit config lib pkgs;
      inherit (config.image) baseName;
      inherit (config.virtualisation) diskSize;
      partitionTableType = "efi";
      copyChannel = false;
    } // builder { inherit config lib pkgs; }));
  };
  formatted = format: _: { inherit format; };

  # cloud-init does what these do, for all clouds in the same way, and asks for the same metadata.
  withoutOtherInit = { lib, ... }: {
    virtualisation.amazon-init.enable = false;
    systemd.services = lib.genAttrs [ "apply-ec2-data" "print-host-key" ] (_: { enable = lib.mkForce false; });
  };
in
{
  image.modules = lib.mkIf config.konductor.vm.enable {
    qemu-efi = disk {
      builder = formatted "qcow2";
      # Only what is written takes room; the root file system grows into a larger disk.
      extra.virtualisation.diskSize = diskMiB;
    };
    raw-efi = disk { builder = formatted "raw"; };
    # Compressed, since it travels in a container.
    kubevirt = lib.mkForce {
      imports = [ (modulesPath + "/virtualisation/disk-image.nix") (disk { builder = formatted "qcow2-compressed"; }) ];
      virtualisation.diskSize = diskMiB;
      system.nixos.tags = [ "kubevirt" ];
    };
    iso = { lib, ... }: {
      image.baseName = lib.mkForce baseName;
      isoImage.makeEfiBootable = true;
      isoImage.makeUsbBootable = true;
      # It has a boot loader of its own. Its menu is for people; a guest boots.
      boot.loader.systemd-boot.enable = lib.mkForce false;
      boot.loader.timeout = lib.mkForce 1;
    };
    amazon = disk {
      builder = formatted "vpc";
      extra = { lib, ... }: {
        imports = [ withoutOtherInit ];
        ec2.efi = true;
        virtualisation.diskSize = "auto";
        systemd.services.fetch-ec2-metadata.enable = lib.mkForce false;
        # An agent that gives Amazon's console root; a consumer may want it.
        services.amazon-ssm-agent.enable = lib.mkOverride 90 false;
      };
    };
    openstack = lib.mkForce {
      imports = [
        (modulesPath + "/virtualisation/openstack-config.nix")
        (modulesPath + "/virtualisation/disk-size-option.nix")
        (modulesPath + "/image/file-options.nix")
        (disk {
          builder = formatted "qcow2";
          extra = { lib, ... }: {
            imports = [ withoutOtherInit ];
            openstack.efi = true;
            image.extension = "qcow2";
            system.nixos.tags = [ "openstack" ];
            systemd.services.openstack-init.enable = lib.mkForce false;
          };
        })
      ];
    };
    google-compute = disk {
      builder = { config, lib, pkgs }: {
        format = "raw";
        # As Google's import takes it: <https://cloud.google.com/compute/docs/import/import-existing-image>.
        postVM = ''
          cd $out
          mv $diskImage disk.raw
          ${lib.getExe pkgs.gnutar} --format=oldgnu -Sc disk.raw | ${lib.getExe pkgs.gzip} -6 > ${config.image.fileName}
          rm disk.raw
        '';
      };
      extra = {
        virtualisation.googleComputeImage.efi = true;
        # NixOS sets the size of its packets, and by that takes it from those that get an address.
        networking.interfaces.eth0.useDHCP = true;
      };
    };
    azure = disk {
      builder = { config, lib, pkgs }: {
        format = "raw";
        # Azure takes fixed disks only.
        postVM = ''
          ${lib.getExe' pkgs.qemu-utils "qemu-img"} convert -f raw -o subformat=fixed,force_size -O vpc $diskImage $out/${config.image.fileName}
          rm $diskImage
        '';
      };
      extra.virtualisation.azureImage.vmGeneration = "v2";
    };
  };
}
