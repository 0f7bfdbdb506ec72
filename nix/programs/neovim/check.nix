# What is wrong with keymaps and plugins, as sentences: two maps of one key, a key that is also the beginning of another, a
# `<Plug>` that nobody provides, a command, module or global of a plugin that is not there. Pure: for tests, and asserted
# whenever Neovim is built.
{ groups
, plugins
, dashboard ? { keys = [ ]; }
, builtinKeys ? import ./builtin-keys.nix
, builtinCommands ? import ./builtin-commands.nix
}:
let
  inherit (builtins) any attrNames concatMap elem elemAt filter genList groupBy head isList isString length map split
    stringLength substring;

  hasPrefix = prefix: text: substring 0 (stringLength prefix) text == prefix;
  # `<Leader>` and `<leader>` are one, `<C-w>` and `<C-W>` another; letters outside of `<…>` are not.
  lower = builtins.replaceStrings
    (genList (i: substring i 1 "ABCDEFGHIJKLMNOPQRSTUVWXYZ") 26)
    (genList (i: substring i 1 "abcdefghijklmnopqrstuvwxyz") 26);
  # The keys that one presses, in order.
  pressed = key:
    let
      parts = filter (part: part != "") (split "(<[A-Za-z/_^\\][^<> ]*>)" key);
      letters = text: genList (i: substring i 1 text) (stringLength text);
    in
    concatMap (part: if isList part then [ (lower (head part)) ] else letters part) parts;

  maps = concatMap (group: map (row: { mode = [ "n" ]; } // row) group.maps) groups;
  own = concatMap (row: map (mode: { inherit mode; inherit (row) key; ft = row.ft or null; from = "a map"; }) row.mode) maps;
  ofPlugins = concatMap
    (name: map (pair: { mode = elemAt pair 0; key = elemAt pair 1; ft = null; from = name; }) (plugins.${name}.keys or [ ]))
    (attrNames plugins);
  ofNeovim = map (pair: { mode = elemAt pair 0; key = elemAt pair 1; ft = null; from = "Neovim"; }) builtinKeys;

  id = row: "${row.mode} ${builtins.concatStringsSep " " (pressed row.key)}";
  twice =
    let byKey = groupBy id (own ++ ofPlugins); in
    map (name: "${(head byKey.${name}).key} is mapped ${toString (length byKey.${name})} times in mode ${(head byKey.${name}).mode}")
      (filter (name: length byKey.${name} > 1) (attrNames byKey));

  # Every beginning of every key, so that this takes no time with hundreds of maps.
  beginnings = row:
    let keys = pressed row.key; in
    genList (n: "${row.mode} ${builtins.concatStringsSep " " (genList (elemAt keys) (n + 1))}") (length keys - 1);
  longer = builtins.listToAttrs (concatMap
    (row: map (name: { inherit name; value = row; }) (beginnings row))
    (own ++ ofPlugins ++ ofNeovim));
  waits = concatMap
    (row: if longer ? ${id row} then [ "${row.key} is a map of mode ${row.mode} and the beginning of ${longer.${id row}.key}" ] else [ ])
    own;

  # ---- what a map points at ---------------------------------------------------------------------------------------------
  words = text: filter (word: isString word && word != "") (split "[ !]+" text);
  matches = pattern: text: map head (filter isList (split pattern text));
  known = name: if name == null then { } else plugins.${name} or { };
  action = row: row.cmd or row.lua or row.keys or "";
  each = concatMap (row: let say = text: "${row.key}: ${text}"; plugin = row.plugin or null; in
    (if plugin != null && !(plugins ? ${plugin}) then [ (say "there is no plugin ${plugin}") ] else [ ])
    ++ (if action row == "" && !(row.native or false) then [ (say "it does nothing") ] else [ ])
    ++ (if (row.desc or "") == "" then [ (say "it is not described") ] else [ ])
    ++ (if matches "(<[Pp][Ll][Uu][Gg]>)" (action row) == [ ] then [ ] else [ (say "it is a <Plug>, which nothing here provides") ])
    ++ (
      let command = head (words row.cmd); in
      if row ? cmd && !(elem command builtinCommands) && !(elem command ((known plugin).commands or [ ]))
      then [ (say "there is no command ${command}${if plugin == null then "" else " of ${plugin}"}") ]
      else [ ]
    )
    ++ concatMap
      (module: if elem module ((known plugin).modules or [ ]) then [ ] else [ (say "there is no module ${module} of ${toString plugin}") ])
      (matches "require\\(\"([^\"]+)\"\\)" (row.lua or ""))
    ++ concatMap
      # Pickers of other plugins are registered at snacks.
      (global: if any (name: elem global (plugins.${name}.globals or [ ])) (attrNames plugins) then [ ] else [ (say "there is no ${global}") ])
      (matches "([A-Z][A-Za-z]+)[.(]" (row.lua or ""))
  );

  lostGroups = concatMap
    (group: if group ? prefix && !(any (row: hasPrefix group.prefix row.key) group.maps) then [ "${group.prefix} is a group without maps" ] else [ ])
    groups;
in
twice ++ waits ++ each (maps ++ dashboard.keys) ++ lostGroups
