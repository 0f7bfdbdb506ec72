# Who may become whom in the container image: sudoers(5) and pam.d(5). `pamModules` is the folder of PAM's modules with
# a slash behind it, or empty for PAM's own.
{ users, path, pamModules ? "" }:
let
  inherit (builtins) attrNames concatStringsSep filter map;

  admins = filter (name: users.users.${name}.sudo) (attrNames users.users);
  lines = list: concatStringsSep "" (map (line: "${line}\n") list);

  module = kind: control: name: "${kind} ${control} ${pamModules}pam_${name}.so";
  kinds = [ "auth" "account" "password" "session" ];
  service = auth: lines (auth ++ [
    (module "account" "required" "unix")
    (module "password" "required" "deny")
    (module "session" "required" "unix")
  ]);
  su = service [
    (module "auth" "sufficient" "rootok")
    (module "auth" "required" "unix")
  ];
in
{
  sudoers = lines ([
    "Defaults env_reset"
    "Defaults secure_path=\"${path}\""
    "root ALL=(ALL:ALL) ALL"
  ]
  ++ map (name: "${name} ALL=(ALL:ALL) NOPASSWD: ALL") admins
  ++ [
    "# All have one store, which is root's: whoever asks for Nix has its daemon started, this one program without a word"
    "# of theirs. It gives nobody more than a Nix of several users does."
    "ALL ALL=(root) NOPASSWD: /usr/bin/nix-daemon \"\""
    "@includedir /etc/sudoers.d"
  ]);
  pam = {
    sudo = service [ (module "auth" "required" "unix") ];
    inherit su;
    su-l = su;
    # Whatever has no file of its own is refused, and that is logged.
    other = lines
      (builtins.concatMap (kind: [ (module kind "required" "warn") (module kind "required" "deny") ]) kinds);
  };
}
