# Completion of code, paths, snippets and the command line.
_:
{
  plugins = {
    friendly-snippets.enable = true;
    blink-cmp = {
      enable = true;
      setupLspCapabilities = true;
      settings = {
        keymap = {
          preset = "none";
          "<C-Space>" = [ "show" "show_documentation" "hide_documentation" ];
          "<C-e>" = [ "hide" "fallback" ];
          "<CR>" = [ "accept" "fallback" ];
          "<C-n>" = [ "select_next" "fallback_to_mappings" ];
          "<C-p>" = [ "select_prev" "fallback_to_mappings" ];
          "<Down>" = [ "select_next" "fallback" ];
          "<Up>" = [ "select_prev" "fallback" ];
          "<C-f>" = [ "scroll_documentation_down" "fallback" ];
          "<C-b>" = [ "scroll_documentation_up" "fallback" ];
          "<Tab>" = [ "snippet_forward" "fallback" ];
          "<S-Tab>" = [ "snippet_backward" "fallback" ];
        };
        completion = {
          list.selection = { preselect = false; auto_insert = true; };
          documentation = { auto_show = true; auto_show_delay_ms = 200; };
          menu.draw.treesitter = [ "lsp" ];
        };
        signature.enabled = true;
        sources = {
          default = [ "lsp" "path" "snippets" "buffer" "copilot" ];
          providers.copilot = {
            name = "copilot";
            module = "blink-copilot";
            async = true;
            score_offset = 100;
            # Only once it was switched on.
            enabled.__raw = ''function() return package.loaded["copilot"] ~= nil end'';
          };
        };
      };
    };
    nvim-autopairs.enable = true;
    ts-autotag.enable = true;
    nvim-surround.enable = true;
  };
}
