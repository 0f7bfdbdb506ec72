# The layers of shells as data for docs/shells.md: `nix-instantiate --eval --strict --json`. It needs no nixpkgs: each word
# in the files of sets stands for the package of that name, as on Linux of x86_64.
let
  facts = import ../lib/facts.nix;
  inherit (facts) versions;
  lib = {
    inherit (builtins) filter;
    meta.availableOn = _: _: true;
    optional = condition: value: lib.optionals condition [ value ];
    optionals = condition: values: if condition then values else [ ];
    optionalAttrs = condition: values: if condition then values else { };
  };

  files = map (file: ../sets + "/${file}") (builtins.attrNames (builtins.readDir ../sets));
  words = builtins.filter builtins.isString
    (builtins.concatMap (file: builtins.split "[^A-Za-z0-9_-]+" (builtins.readFile file)) files);
  package = name: {
    inherit name;
    package = package name;
    withPackages = choose: package "${name} (with ${builtins.concatStringsSep ", " (namesOf (choose packages))})";
  };
  packages = builtins.listToAttrs (map (name: { inherit name; value = package name; }) words);
  namesOf = map (each: each.name);

  pkgs = packages // {
    stdenv = {
      cc = package "a C compiler";
      hostPlatform = { isLinux = true; isDarwin = false; isx86_64 = true; isAarch64 = false; };
    };
    OVMF.fd = "/nix/store/…";
  };
  sets = import ../sets {
    inherit pkgs lib facts;
    tools = packages;
    programs = packages;
    npm = packages;
    pinned = {
      python = package "Python ${versions.python.display}";
      go = package "Go ${versions.go.display}";
      node = package "Node.js ${versions.node.display}";
      rust = package "Rust ${versions.rust.display}";
    };
  };
in
builtins.mapAttrs
  (_: layer: {
    packages = namesOf (layer.packages or [ ]);
    variables = layer.variables or { };
    homePaths = layer.homePaths or [ ];
  })
  (import ./layers.nix {
    inherit pkgs lib facts sets;
    programs = packages;
    packages.k = package "k";
  })
