# What makes the start quick: plugins load when they are used, Lua is compiled before.
{ lib, plugins, ... }:
let
  settings = row:
    lib.optionalAttrs (row.lazy.cmd or false) { cmd = row.commands; }
    // lib.optionalAttrs (row.lazy ? event) { inherit (row.lazy) event; }
    // lib.optionalAttrs (row.lazy ? ft) { inherit (row.lazy) ft; };
  lazy = lib.filterAttrs (_: row: row ? lazy) plugins;
in
{
  luaLoader.enable = true;
  performance.byteCompileLua = {
    enable = true;
    nvimRuntime = true;
    plugins = true;
    luaLib = true;
  };
  plugins = { lz-n.enable = true; } // lib.mapAttrs
    (_: row: {
      lazyLoad = {
        enable = true;
        settings = settings row;
      };
    })
    lazy;
}
