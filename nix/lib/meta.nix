# Names that outsiders see, once.
rec {
  name = "konductor";
  description = "Reproducible development environments, and k, the task system that drives them";
  license = "MIT";
  homepage = "https://github.com/${flake.owner}/${flake.repo}";
  flake = {
    id = "konductor";
    owner = "braincraftio";
    repo = "konductor";
    ref = "github:${flake.owner}/${flake.repo}";
  };
  cachix = "braincraftio";
  image = {
    registry = "ghcr.io";
    repository = "braincraftio/konductor";
    name = "${image.registry}/${image.repository}";
    # Of the base that nix2container makes; each architecture has its own, so that two builds never mix.
    baseTag = {
      amd64 = "nix2container-amd64";
      arm64 = "nix2container-arm64";
    };
    vendor = "BrainCraft.io";
    # OCI has no health check, so the image brings the program and an engine is told to run it.
    health = {
      command = "konductor-health";
      interval = "30s";
      timeout = "10s";
      retries = 3;
    };
  };
  workspace = "/workspace";
  vm = {
    hostname = "konductor";
    sshPort = 2222;
    # The tag under which a host offers its checkout over 9p.
    shareTag = "host";
    # Without `msize` a message of 9p is small, and reading takes five times as long.
    shareOptions = "trans=virtio,version=9p2000.L,msize=512000,access=any";
    diskSize = "20G";
    # Settings of sshd for one boot: a file here is gone with it.
    sshdRunFolder = "/run/ssh/sshd_config.d";
  };
  kubevirt = {
    namespace = "konductor";
    # containerDisk images hold the disk here, readable by KubeVirt's qemu.
    diskFolder = "/disk";
    diskFile = "nixos.qcow2";
    qemuUid = 107;
    tag = "qcow2";
  };
}
