# To build Konductor's image and virtual machine, and to run them.
{ pkgs, lib, ... }:
let
  inherit (pkgs.stdenv) hostPlatform;
in
with pkgs; [
  buildkit
  cachix
  cdrkit
  crane
  docker-buildx
  docker-client
  docker-compose
  gnumake
  libvirt
  skopeo
  virt-manager
]
++ (if hostPlatform.isLinux then [ qemu_kvm qemu-utils ] else [ qemu ])
# Its appliance is made for x86 only.
++ lib.optional (hostPlatform.isLinux && hostPlatform.isx86_64) guestfs-tools
