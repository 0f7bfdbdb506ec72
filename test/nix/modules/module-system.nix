# What the tests need of a module system, where nixpkgs' own is not at hand: imports (each key once), classes, priorities,
# order, conditions, and an error for an option that is not declared or a value that is set twice. Types only merge.
{ lib }:
let
  inherit (builtins) attrNames concatMap elem filter foldl' head isAttrs isFunction sort;
  show = builtins.concatStringsSep ".";

  # Conditions and merges taken apart, with priority and order of what is left. What a priority is given to is not looked
  # at: it may be a default that has no say.
  resolve = value:
    let kind = if isAttrs value then value._type or null else null; in
    if kind == "if" then (if value.condition then resolve value.content else [ ])
    else if kind == "merge" then concatMap resolve value.contents
    else if kind == "override" then [{ inherit (value) priority; order = 1000; value = value.content; }]
    else if kind == "order" then map (one: one // { order = value.priority; }) (resolve value.content)
    else [{ priority = 100; order = 1000; inherit value; }];

  # The sets in a set of options, each condition handed down to what it holds for: it may depend on other options.
  push = value:
    let
      kind = if isAttrs value then value._type or null else null;
      down = wrap: map (lib.mapAttrs (_: wrap)) (push value.content);
    in
    if kind == "if" then down (lib.mkIf value.condition)
    else if kind == "merge" then concatMap push value.contents
    else if kind == "override" then down (lib.mkOverride value.priority)
    else if kind == "order" then down (lib.mkOrder value.priority)
    else [ value ];

  merged = loc: type: values:
    let
      all = concatMap resolve values;
      best = foldl' (found: one: lib.min found one.priority) 9999 all;
      kept = concatMap (one: resolve one.value) (sort (a: b: a.order < b.order) (filter (one: one.priority == best) all));
    in
    if all == [ ] then throw "The option `${show loc}' was accessed but has no value defined."
    else type.merge loc (map (one: one.value) kept);

  types = rec {
    raw = {
      merge = loc: values:
        if lib.all (value: value == head values) values then head values
        else throw "The option `${show loc}' has conflicting definition values";
    };
    bool = raw;
    package = raw;
    listOf = _: { merge = _: builtins.concatLists; };
    lines.merge = _: builtins.concatStringsSep "\n";
    attrsOf = type: {
      merge = loc: sets: lib.mapAttrs (name: merged (loc ++ [ name ]) type) (lib.zipAttrs sets);
    };
  };

  setAt = name: concatMap (value: lib.optional (value ? ${name}) value.${name});
  isOption = value: (value._type or null) == "option";
  unknown = loc: options: value:
    concatMap
      (name:
        if !(options ? ${name}) then [ (show (loc ++ [ name ])) ]
        else if isOption options.${name} then [ ]
        else concatMap (unknown (loc ++ [ name ]) options.${name}) (push value.${name}))
      (attrNames value);
in
{
  lib = lib // { inherit types; };

  evaluate = { class, modules, pkgs }:
    let
      args = { inherit config pkgs; lib = lib // { inherit types; }; };
      load = module:
        let value = if isFunction module then module args else if isAttrs module then module else load (import module); in
        if elem (value._class or class) [ class ] then value
        else throw "The module ${value._file or "?"} is for ${value._class}, not for ${class}";
      # Each module with those that it imports, the same key once.
      collect = seen: module:
        let value = load module; in
        if value ? key && elem value.key seen then { inherit seen; found = [ ]; }
        else
          foldl'
            (state: next: let more = collect state.seen next; in { inherit (more) seen; found = state.found ++ more.found; })
            { seen = seen ++ lib.optional (value ? key) value.key; found = [ value ]; }
            (value.imports or [ ]);
      inherit (collect [ ] { imports = modules; }) found;

      options = foldl' lib.recursiveUpdate { } (map (module: module.options or { }) found);
      definitions = map
        (module: module.config or (removeAttrs module [ "imports" "options" "key" "_file" "_class" ]))
        found;

      fill = loc: options: values: lib.mapAttrs
        (name: option:
          let
            here = loc ++ [ name ];
            given = setAt name (concatMap push values);
            default = lib.optional (option ? default) (lib.mkOptionDefault option.default);
          in
          if isOption option then merged here option.type (given ++ default) else fill here option given)
        options;
      config = fill [ ] options definitions;
      wrong = concatMap (unknown [ ] options) (concatMap push definitions);
    in
    if wrong == [ ] then { inherit config; }
    else throw "The option `${head wrong}' does not exist.";
}
