# GitHub Copilot, loaded when it is switched on; its suggestions come with the completion.
_:
{
  plugins = {
    blink-copilot.enable = true;
    copilot-lua = {
      enable = true;
      settings = {
        suggestion.enabled = false;
        panel.enabled = false;
      };
    };
  };
}
