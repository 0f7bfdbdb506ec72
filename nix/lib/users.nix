# Users and groups of the container image and of the virtual machine, once.
# The ids of the system's groups are those of NixOS, so that a file has the same owner in both.
rec {
  # uid 1000 is left to whoever owns the checkout on the host.
  hostUid = 1000;
  shell = "/run/current-system/sw/bin/bash";
  users = {
    kc2admin = {
      uid = 1001;
      gid = 1001;
      description = "Konductor admin";
      home = "/home/kc2admin";
      # A member of docker or libvirtd can become root, so only who may be root anyway is in them.
      groups = [ "wheel" "docker" "libvirtd" "kvm" ];
      sudo = true;
    };
    kc2 = {
      uid = 1002;
      gid = 1002;
      description = "Konductor user";
      home = "/home/kc2";
      groups = [ ];
      sudo = false;
    };
    runner = {
      uid = 1003;
      gid = 1003;
      description = "CI runner";
      home = "/home/runner";
      groups = [ "kvm" ];
      sudo = false;
    };
  };
  # Whom a container runs as where nothing is said.
  defaultUser = "kc2";
  systemGroups = {
    wheel = 1;
    libvirtd = 67;
    docker = 131;
    kvm = 302;
  };
  # Each user has a group of the same name.
  groups = systemGroups // builtins.mapAttrs (_: user: user.gid) users;
}
