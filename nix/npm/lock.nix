# What bun.lock pins for one system, read by Nix itself: a list of { path; name; version; hash; }, `path` below
# node_modules. Only what k needs to run: packages that only its tests use are left out.
{ lib, lockFile, hostPlatform }:
let
  # It is JSON with commas behind the last entries, always at the end of a line.
  indents = lib.genList (depth: lib.concatStrings (lib.genList (_: "  ") depth)) 6;
  ends = lib.concatMap (indent: [ "\n${indent}}" "\n${indent}]" ]) indents;
  # Lists on one line have it too.
  text = builtins.replaceStrings ((map (end: ",${end}") ends) ++ [ ", ]" ", }" ]) (ends ++ [ " ]" " }" ]) (builtins.readFile lockFile);
  lock = builtins.fromJSON text;

  entries = lib.mapAttrs
    (key: entry:
      let at = builtins.match "(.+)@([^@]+)" (builtins.head entry); in
      {
        inherit key;
        name = builtins.elemAt at 0;
        version = builtins.elemAt at 1;
        info = builtins.elemAt entry 2;
        hash = builtins.elemAt entry 3;
      })
    lock.packages;

  # "a/@b/c" is c, below the folder of @b/c's owner a: the names between the slashes, scopes kept whole.
  namesOf = key: lib.foldl'
    (names: word: if names != [ ] && lib.hasPrefix "@" (lib.last names) && !lib.hasInfix "/" (lib.last names) then lib.init names ++ [ "${lib.last names}/${word}" ] else names ++ [ word ])
    [ ]
    (lib.splitString "/" key);
  pathOf = key: lib.concatStringsSep "/node_modules/" (namesOf key);

  # As Node looks for a package: beside the one that asks, then ever further up.
  resolve = names: wanted:
    let
      key = lib.concatStringsSep "/" (names ++ [ wanted ]);
    in
    if entries ? ${key} then [ entries.${key} ]
    else if names == [ ] then [ ]
    else resolve (lib.init names) wanted;

  os = if hostPlatform.isDarwin then "darwin" else "linux";
  cpu = if hostPlatform.isAarch64 then "arm64" else "x64";
  admits = list: own:
    let
      all = lib.toList list;
      refused = lib.filter (lib.hasPrefix "!") all;
    in
    if refused == [ ] then builtins.elem own all else !builtins.elem "!${own}" refused;
  fits = { info, ... }:
    admits (info.os or own.os) own.os && admits (info.cpu or own.cpu) own.cpu && admits (info.libc or own.libc) own.libc;
  own = { inherit os cpu; libc = "glibc"; };

  wants = { key, info, ... }:
    let
      peers = removeAttrs (info.peerDependencies or { }) (info.optionalPeers or [ ]);
      names = builtins.attrNames ((info.dependencies or { }) // (info.optionalDependencies or { }) // peers);
    in
    lib.filter fits (lib.concatMap (resolve (namesOf key)) names);

  needed = builtins.genericClosure {
    startSet = lib.filter fits (lib.concatMap (resolve [ ]) (builtins.attrNames lock.workspaces."".dependencies));
    operator = wants;
  };
in
map ({ key, name, version, hash, ... }: { inherit name version hash; path = pathOf key; }) needed
