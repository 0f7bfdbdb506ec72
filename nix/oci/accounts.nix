# The account files of the container image, from nix/lib/users.nix. NixOS makes those of the virtual machine itself, from
# the same table. Forms: passwd(5), group(5), shadow(5), gshadow(5).
{ users, builders ? 32 }:
let
  inherit (builtins) attrNames attrValues concatStringsSep elem filter genList map;

  # The image has no /run/current-system, and a container may get an empty /run.
  shell = "/bin/bash";
  # Of Nix' own installers.
  builderGroup = 30000;
  nobodyId = 65534;

  lines = list: concatStringsSep "" (map (line: "${line}\n") list);

  people = map
    (name: users.users.${name} // { inherit name shell; })
    (attrNames users.users);
  nixBuilders = genList
    (index: {
      name = "nixbld${toString (index + 1)}";
      uid = builderGroup + index + 1;
      gid = builderGroup;
      description = "Nix builder ${toString (index + 1)}";
      home = "/var/empty";
      shell = "/bin/false";
      groups = [ "nixbld" ];
    })
    builders;
  accounts = [
    { name = "root"; uid = 0; gid = 0; description = "root"; home = "/root"; groups = [ ]; inherit shell; }
  ] ++ people ++ nixBuilders ++ [
    { name = "nobody"; uid = nobodyId; gid = nobodyId; description = "nobody"; home = "/var/empty"; groups = [ ]; shell = "/bin/false"; }
  ];

  named = name: gid: { inherit name gid; };
  groups = [ (named "root" 0) ]
    ++ attrValues (builtins.mapAttrs named users.groups)
    ++ [ (named "nixbld" builderGroup) (named "nogroup" nobodyId) ];
  membersOf = group: concatStringsSep ","
    (map (account: account.name) (filter (account: elem group.name account.groups) accounts));
in
{
  inherit people;
  passwd = lines (map
    ({ name, uid, gid, description, home, shell, ... }:
      "${name}:x:${toString uid}:${toString gid}:${description}:${home}:${shell}")
    accounts);
  # No password fits `!`. The day of the last change must not be 0: that would ask for a new password.
  shadow = lines (map ({ name, ... }: "${name}:!:1::::::") accounts);
  group = lines (map (group: "${group.name}:x:${toString group.gid}:${membersOf group}") groups);
  gshadow = lines (map (group: "${group.name}:!::${membersOf group}") groups);
}
