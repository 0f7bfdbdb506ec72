# Markdown and HTTP requests.
_:
{
  plugins = {
    render-markdown = {
      enable = true;
      settings = {
        preset = "obsidian";
        completions.lsp.enabled = true;
      };
    };
    markdown-preview = {
      enable = true;
      settings.auto_close = 1;
    };
    kulala = {
      enable = true;
      settings.global_keymaps = false;
    };
  };
}
