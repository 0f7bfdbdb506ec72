# Colours, icons, status line, tabs, and the keys that may follow.
{ theme, groups, ... }:
let
  nested = builtins.concatMap (group: group.groups or [ ]) groups;
  named = builtins.filter (group: group ? prefix) groups;
in
{
  colorschemes.catppuccin = {
    enable = true;
    settings = {
      inherit (theme) flavour;
      term_colors = true;
      default_integrations = true;
      integrations = {
        blink_cmp = true;
        diffview = true;
        flash = true;
        gitsigns = true;
        grug_far = true;
        lsp_trouble = true;
        mini.enabled = true;
        native_lsp.enabled = true;
        render_markdown = true;
        snacks.enabled = true;
        treesitter = true;
        treesitter_context = true;
        which_key = true;
      };
    };
  };

  plugins = {
    mini = {
      enable = true;
      mockDevIcons = true;
      modules.icons = { };
    };
    web-devicons.enable = false;

    lualine = {
      enable = true;
      settings = {
        options = {
          theme = theme.name;
          globalstatus = true;
          section_separators = { left = ""; right = ""; };
          component_separators = { left = "│"; right = "│"; };
          disabled_filetypes.statusline = [ "snacks_dashboard" ];
        };
        sections = {
          lualine_a = [ "mode" ];
          lualine_b = [ "branch" "diff" ];
          lualine_c = [{ __unkeyed-1 = "filename"; path = 1; }];
          lualine_x = [ "diagnostics" "filetype" ];
          lualine_y = [ "progress" ];
          lualine_z = [ "location" ];
        };
        extensions = [ "quickfix" "trouble" ];
      };
    };

    bufferline = {
      enable = true;
      settings.options = {
        diagnostics = "nvim_lsp";
        always_show_bufferline = false;
        separator_style = "slant";
        close_command.__raw = "function(n) Snacks.bufdelete(n) end";
        right_mouse_command.__raw = "function(n) Snacks.bufdelete(n) end";
        offsets = [{ filetype = "snacks_layout_box"; }];
      };
    };

    which-key = {
      enable = true;
      settings = {
        preset = "modern";
        delay = 300;
        spec = map (group: { __unkeyed-1 = group.prefix; group = group.name; mode = [ "n" "x" ]; }) (named ++ nested);
      };
    };
  };
}
