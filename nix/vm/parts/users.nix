# Accounts by the table, with its numbers, and who may become root.
{ facts, texts, ... }: { config, lib, ... }:
let
  inherit (facts) users;
  # The shell is NixOS' own, which is what the table says; a test of the flake holds them equal.
  account = name: user: {
    inherit (user) uid description home;
    isNormalUser = true;
    group = name;
    extraGroups = user.groups;
  };
  fixed = config.ids.gids;
in
{
  # cloud-init adds the person at the host.
  users.mutableUsers = lib.mkDefault true;
  users.users = lib.mapAttrs account users.users;
  users.groups = lib.mapAttrs (_: user: { inherit (user) gid; }) users.users
    // { libvirtd.gid = users.groups.libvirtd; docker.gid = users.groups.docker; };

  assertions = lib.mapAttrsToList
    (name: gid: {
      assertion = fixed.${name} == gid;
      message = "nix/lib/users.nix gives the group ${name} the number ${toString gid}, and NixOS ${toString fixed.${name}}";
    })
    users.systemGroups;

  security.sudo.enable = true;
  security.sudo.extraConfig = lib.mkAfter texts.sudoRules;
}
