# The file tree of the container image outside the store, and who owns what in it. All are real files, so that a
# container may write them; the store has no owners, so these are told to nix2container.
{ pkgs, facts, texts, accounts, privileges, environment, bashrc }:
let
  inherit (pkgs) lib;
  inherit (facts) users meta;
  named = name: users.users.${name} // { inherit name; };

  etc = {
    inherit (accounts) passwd shadow group gshadow;
    inherit (privileges) sudoers;
    profile = texts.profile environment.commands;
    bashrc = texts.bashrc bashrc;
    "nsswitch.conf" = texts.nsswitch;
    "os-release" = texts.osRelease;
    "nix/nix.conf" = texts.nixConf;
    "nix/registry.json" = texts.registry;
    # A resolver that reads it finds localhost where an engine writes none.
    hosts = "127.0.0.1 localhost\n::1 localhost\n";
  }
  // lib.mapAttrs' (name: lib.nameValuePair "pam.d/${name}") privileges.pam
  // lib.mapAttrs' (name: lib.nameValuePair "skel/${name}") texts.skeleton;

  homes = lib.concatMapAttrs
    (_: user: lib.mapAttrs' (name: lib.nameValuePair (below user.home + "/" + name)) texts.skeleton)
    users.users;
  below = lib.removePrefix "/";

  files = lib.mapAttrs' (name: lib.nameValuePair "etc/${name}") etc // homes;
  # Where a program of the image finds what it asks for by a fixed path.
  links = {
    "usr/bin/env" = "${pkgs.coreutils}/bin/env";
    "usr/bin/nix-daemon" = "${pkgs.nix}/bin/nix-daemon";
    "etc/ssl/certs/ca-bundle.crt" = "${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt";
    "etc/ssl/certs/ca-certificates.crt" = "${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt";
    "etc/protocols" = "${pkgs.iana-etc}/etc/protocols";
    "etc/services" = "${pkgs.iana-etc}/etc/services";
  };
  programs = {
    "usr/bin/konductor-entrypoint" = ./entrypoint.sh;
    "usr/bin/${meta.image.health.command}" = ./health.sh;
    "usr/bin/konductor-nix-client" = ./nix-client.sh;
    # A copy, since the one in the store can have no such mode.
    "usr/bin/sudo" = "${pkgs.sudo}/bin/sudo";
  };
  nixPrograms = [ "nix" "nix-build" "nix-shell" "nix-env" "nix-store" "nix-instantiate" "nix-collect-garbage" "nix-copy-closure" "nix-prefetch-url" "nix-channel" ];

  folders = lib.unique (
    builtins.concatMap parents (builtins.attrNames (files // links // programs))
      ++ [ "etc/sudoers.d" "home" "root" "run" "tmp" "var" "var/empty" "var/log" "var/tmp" (below meta.workspace) ]
  );
  parents = path:
    let parent = builtins.dirOf path; in if parent == "." then [ ] else parents parent ++ [ parent ];

  write = path: text: ''
    cp ${pkgs.writeText (baseNameOf (lib.replaceStrings [ "/." ] [ "/dot" ] path)) text} "$out/${path}"
  '';
in
rec {
  inherit files links programs folders;

  tree = pkgs.runCommand "konductor-root" { } ''
    mkdir -p ${lib.concatMapStringsSep " " (folder: "\"$out/${folder}\"") folders}
    ${lib.concatStrings (lib.mapAttrsToList write files)}
    ${lib.concatStrings (lib.mapAttrsToList (path: target: "ln -s ${target} \"$out/${path}\"\n") links)}
    ${lib.concatStrings (lib.mapAttrsToList (path: source: "cp -L ${source} \"$out/${path}\"\n") programs)}
    ${lib.concatMapStrings (name: "ln -s konductor-nix-client \"$out/usr/bin/${name}\"\n") nixPrograms}
  '';

  # The last that fits a path counts. nix2container matches the path in the store; a link's mode means nothing.
  perms =
    let
      # Of name and number of the owner an archive has both.
      rule = { path, mode, owner ? { name = "root"; uid = 0; gid = 0; } }: {
        path = tree;
        regex = "^${lib.escapeRegex "${tree}"}/${path}$";
        inherit mode;
        inherit (owner) uid gid;
        uname = owner.name;
        gname = owner.name;
      };
      oneOf = paths: "(${lib.concatMapStringsSep "|" lib.escapeRegex paths})";
    in
    map rule ([
      { path = ".*"; mode = "0644"; }
      { path = oneOf folders; mode = "0755"; }
      { path = "usr/bin/.*"; mode = "0755"; }
      { path = "usr/bin/sudo"; mode = "4755"; }
      { path = "etc/g?shadow"; mode = "0600"; }
      { path = "etc/sudoers"; mode = "0440"; }
      { path = "etc/sudoers\\.d"; mode = "0750"; }
      { path = "root"; mode = "0700"; }
      { path = "(var/)?tmp"; mode = "1777"; }
      # Whoever the container runs as by default works in it, others of the group as well.
      { path = below meta.workspace; mode = "2775"; owner = named users.defaultUser; }
    ]
    ++ builtins.concatMap
      (owner: [
        { path = "${below owner.home}/.*"; mode = "0644"; inherit owner; }
        { path = below owner.home; mode = "0700"; inherit owner; }
      ])
      (map named (builtins.attrNames users.users)));
}
