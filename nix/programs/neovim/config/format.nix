# Formatting when a file is saved, by the owners of `k format` and with their configuration.
{ lib, exe, formatters, ... }:
let
  rows = lib.attrValues (lib.mapAttrs (tool: row: row // { inherit tool; }) formatters);
in
{
  plugins.conform-nvim = {
    enable = true;
    settings = {
      formatters_by_ft = builtins.listToAttrs (lib.concatMap
        (row: map (filetype: lib.nameValuePair filetype [ row.formatter ]) row.filetypes)
        rows);
      formatters = builtins.listToAttrs (map
        (row: lib.nameValuePair row.formatter {
          command = exe row.tool;
          inherit (row) args;
          stdin = true;
        })
        rows);
      format_on_save.__raw = ''
        function(buffer)
          if vim.g.disable_autoformat or vim.b[buffer].disable_autoformat then
            return
          end
          return { timeout_ms = 3000, lsp_format = "fallback" }
        end
      '';
    };
  };
}
