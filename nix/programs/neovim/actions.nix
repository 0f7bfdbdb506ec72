# What a map does, as text for Neovim.
{ pkgs, lib, plugins }:
let
  lua = lib.generators.toLua { };
  isLazy = row: row ? plugin && plugins.${row.plugin} ? lazy;
in
rec {
  # The name of a plugin's folder, by which lz.n loads it.
  nameOf = name: lib.getName pkgs.vimPlugins.${plugins.${name}.package};

  keys = row:
    row.keys or (if row.range or false then ":${row.cmd}<cr>" else "<cmd>${row.cmd}<cr>");
  # For nixvim.
  rhs = row:
    if row ? lua then { __raw = luaAction row; }
    else keys row;
  # Lua of a plugin that is loaded when it is used can be called once it is; its commands load it by themselves.
  loads = row: lib.optionalString (isLazy row) ''require("lz.n").trigger_load(${lua (nameOf row.plugin)}) '';
  # A Lua expression.
  luaAction = row:
    if row ? lua then "function() ${loads row}${row.lua} end"
    else lua (keys row);
}
