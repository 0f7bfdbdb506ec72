{
  name = "markdown";
  prefix = "<leader>m";
  maps = [
    { key = "<leader>mp"; cmd = "MarkdownPreviewToggle"; plugin = "markdown-preview"; ft = [ "markdown" ]; desc = "Browser, or no longer"; }
    { key = "<leader>ms"; cmd = "MarkdownPreviewStop"; plugin = "markdown-preview"; ft = [ "markdown" ]; desc = "No longer in the browser"; }
    { key = "<leader>mr"; cmd = "RenderMarkdown toggle"; plugin = "render-markdown"; ft = [ "markdown" ]; desc = "Render, or no longer"; }
    { key = "<leader>me"; cmd = "RenderMarkdown expand"; plugin = "render-markdown"; ft = [ "markdown" ]; desc = "Show more of the marks"; }
    { key = "<leader>mc"; cmd = "RenderMarkdown contract"; plugin = "render-markdown"; ft = [ "markdown" ]; desc = "Show fewer of the marks"; }
    { key = "<leader>mw"; cmd = "setlocal wrap!"; ft = [ "markdown" ]; desc = "Wrap lines, or no longer"; }
  ];
}
