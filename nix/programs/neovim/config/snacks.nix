# Dashboard, pickers, explorer, terminals and much else of one plugin.
{ pkgs, lib, dashboard, luaAction, paneRc, ... }:
let
  item = row: {
    inherit (row) key desc;
    action.__raw = luaAction row;
  } // lib.optionalAttrs (row ? program) {
    enabled.__raw = ''vim.fn.executable("${row.program}") == 1'';
  };
in
{
  # What the pickers call.
  extraPackages = [ pkgs.ripgrep pkgs.fd ];
  plugins.snacks = {
    enable = true;
    settings = {
      bigfile = { enabled = true; size = 1572864; };
      quickfile.enabled = true;
      notifier = { enabled = true; timeout = 4000; };
      input.enabled = true;
      indent = { enabled = true; animate.enabled = false; };
      scroll.enabled = true;
      scope.enabled = true;
      statuscolumn.enabled = true;
      words.enabled = true;
      explorer = { enabled = true; replace_netrw = true; };
      picker = { enabled = true; matcher.frecency = true; sources.files.hidden = true; sources.explorer.hidden = true; };
      # Konductor's aliases and prompt behind the user's own, as in tmux.
      terminal.shell = [ "${pkgs.bashInteractive}/bin/bash" "--rcfile" "${paneRc}" "-i" ];
      dashboard = {
        enabled = true;
        width = 62;
        preset = {
          header = builtins.concatStringsSep "\n" dashboard.banner;
          keys = map item dashboard.keys;
        };
        sections = [
          { section = "header"; }
          { section = "keys"; gap = 1; padding = 1; }
          { title = "Recent files"; section = "recent_files"; cwd = true; indent = 2; padding = 1; }
          { title = "Projects"; section = "projects"; indent = 2; padding = 1; }
          {
            title = "Git";
            section = "terminal";
            enabled.__raw = "function() return Snacks.git.get_root() ~= nil end";
            cmd = "git status --short --branch --renames";
            height = 5;
            indent = 2;
            padding = 1;
            ttl = 300;
          }
        ];
      };
    };
  };
}
