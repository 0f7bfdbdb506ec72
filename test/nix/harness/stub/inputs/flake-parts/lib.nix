# What flake-parts offers to a flake that declares no options of its own. As there, an unknown option and two values
# for one place are errors; types are not checked.
{ lib }:
let
  inherit (builtins) attrNames concatMap elem foldl' isAttrs isFunction mapAttrs;

  # Outputs whose entries may come from several modules. The rest of `flake` takes each name once.
  merged = perSystemNames ++ [ "overlays" "nixosModules" "nixosConfigurations" ];
  perSystemNames = [ "apps" "checks" "devShells" "legacyPackages" "packages" ];
  # As in flake-parts, where it is one derivation and not a set of them.
  perSystemSingle = [ "formatter" ];
  topNames = [ "imports" "systems" "perSystem" "flake" "_file" "_class" "key" ];

  unknown = where: names: set:
    let wrong = lib.subtractLists names (attrNames set); in
    if wrong == [ ] then set else throw "The option `${where}${builtins.head wrong}' does not exist.";

  # One set of many, where only `merged` names may come more than once; below them each entry may come once.
  unite = where: sets:
    foldl'
      (all: set: all // mapAttrs
        (name: value:
          if !(all ? ${name}) then value
          else if elem name merged then disjoint "${where}${name}." all.${name} value
          else throw "The option `${where}${name}' is defined multiple times.")
        set)
      { }
      sets;
  disjoint = where: a: b:
    let both = attrNames (builtins.intersectAttrs a b); in
    if both == [ ] then a // b else throw "The option `${where}${builtins.head both}' is defined multiple times.";

  call = args: module:
    if !isFunction module then module
    else module (mapAttrs (name: _: args.${name} or (throw "attribute '${name}' missing: flake-parts gives no such argument")) (lib.functionArgs module));
  load = module: if builtins.isPath module || builtins.isString module then import module else module;

  # A module and all that it imports, each path once.
  collect = args:
    let
      go = seen: module:
        let
          key = if builtins.isPath module || builtins.isString module then toString module else null;
          value = call args (load module);
        in
        if key != null && elem key seen then { inherit seen; values = [ ]; }
        else
          foldl'
            (state: next: let r = go state.seen next; in { inherit (r) seen; values = state.values ++ r.values; })
            { seen = if key == null then seen else seen ++ [ key ]; values = [ value ]; }
            (value.imports or [ ]);
    in
    module: (go [ ] module).values;

  mkFlake = { inputs, specialArgs ? { }, ... }: module:
    let
      inherit (inputs) self;
      args = specialArgs // {
        inherit inputs self lib withSystem moduleWithSystem config;
        flake-parts-lib = flakePartsLib;
      };
      modules = map (unknown "" topNames) (collect args module);
      systems = concatMap (m: m.systems or [ ]) modules;
      flake = unite "flake." (map (m: m.flake or { }) modules);
      config = { inherit systems flake; };

      perSystem = lib.genAttrs systems (system:
        let
          pieces = map (call systemArgs) (concatMap (m: lib.optional (m ? perSystem) m.perSystem) modules);
          given = foldl' (all: piece: all // (piece._module.args or { })) { } pieces;
          result = unite "perSystem.${system}." (map
            (piece: unknown "perSystem.${system}." (perSystemNames ++ perSystemSingle) (removeAttrs piece [ "_module" ]))
            pieces);
          systemArgs = {
            inherit system lib;
            config = lib.genAttrs perSystemNames (_: { }) // result;
            self' = mapAttrs (_: output: output.${system} or { }) (lib.filterAttrs (name: _: elem name perSystemNames) self);
            inputs' = mapAttrs (_: input: mapAttrs (_: output: output.${system} or { }) (lib.filterAttrs (name: output: elem name perSystemNames && isAttrs output) input)) inputs;
            pkgs = inputs.nixpkgs.legacyPackages.${system};
          } // given;
        in
        { inherit result systemArgs; });

      withSystem = system: f: f perSystem.${system}.systemArgs;
      # `f` takes what perSystem takes and gives a module; the system is that of the configuration it is imported by.
      moduleWithSystem = f: { config, ... }: {
        imports = [ (call perSystem.${config._module.args.pkgs.stdenv.hostPlatform.system}.systemArgs f) ];
      };

      transposed = lib.genAttrs perSystemNames (name: mapAttrs (_: s: s.result.${name} or { }) perSystem);
      formatters = lib.filterAttrs (_: v: v != null) (mapAttrs (_: s: s.result.formatter or null) perSystem);
      here = lib.genAttrs [ "overlays" "nixosModules" "nixosConfigurations" ] (_: { });
    in
    here // transposed // lib.optionalAttrs (formatters != { }) { formatter = formatters; } // flake;

  flakePartsLib = {
    # A module of a file that takes more than a module gets: `importApply ./x.nix { own = 1; }`.
    importApply = path: extra: { _file = toString path; imports = [ (import path extra) ]; };
  };
in
flakePartsLib // { inherit mkFlake; }
