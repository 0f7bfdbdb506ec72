# Diagnostics of the linters of `k lint`, and how diagnostics look.
{ lib, exe, linters, tools, ... }:
let
  rows = lib.attrValues (lib.mapAttrs (tool: row: row // { inherit tool; }) linters);
  filetypes = lib.unique (lib.concatMap (row: row.filetypes) rows);
  commands = builtins.listToAttrs (map (row: lib.nameValuePair row.linter (exe row.tool)) rows);
  namesOf = filetype: map (row: row.linter) (builtins.filter (row: builtins.elem filetype row.filetypes) rows);
in
{
  # nvim-lint asks golangci-lint for its version by name.
  extraPackages = [ tools.golangci-lint ];
  plugins.lint = {
    enable = true;
    lintersByFt = lib.genAttrs filetypes namesOf;
    autoCmd = null;
  };
  # nixvim's `linters` writes a name with `-` in it as no Lua can be.
  extraConfigLua = ''
    dofile("${../lua/lint.lua}")(${lib.generators.toLua { } commands})
  '';

  diagnostic.settings = {
    severity_sort = true;
    underline = true;
    update_in_insert = false;
    virtual_text = { spacing = 4; source = "if_many"; };
    float = { source = true; };
  };
}
