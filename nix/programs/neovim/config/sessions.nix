# Sessions by folder and branch, and one set of keys for windows here and panes of tmux.
_:
{
  plugins = {
    persistence.enable = true;
    tmux-navigator = {
      enable = true;
      # keymaps/general.nix has them, for terminals too.
      settings.no_mappings = 1;
    };
  };
}
