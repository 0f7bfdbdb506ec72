# What a map does, as text for Neovim. `nameOf` gives the name of a plugin's folder, by which it is loaded.
{ lib, plugins, nameOf }:
let
  lua = lib.generators.toLua { };
  isLazy = row: row ? plugin && plugins.${row.plugin} ? lazy;
  # Lua of a plugin that is loaded when it is used can be called once it is; its commands load it by themselves.
  loads = row: lib.optionalString (isLazy row) ''require("lz.n").trigger_load(${lua (nameOf row.plugin)}) '';
in
rec {
  keys = row:
    row.keys or (if row.range or false then ":${row.cmd}<cr>" else "<cmd>${row.cmd}<cr>");
  # For nixvim.
  rhs = row:
    if row ? lua then { __raw = luaAction row; }
    else keys row;
  # A Lua expression.
  luaAction = row:
    if row ? lua then "function() ${loads row}${row.lua} end"
    else lua (keys row);
}
