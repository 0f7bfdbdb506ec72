# What people read of the programs, as data without packages: for docs/programs.md and for tests.
{
  neovim = {
    groups = import ./neovim/keymaps;
    plugins = import ./neovim/plugins.nix;
    servers = import ./neovim/servers.nix;
    formatters = import ./neovim/formatters.nix;
    linters = import ./neovim/linters.nix;
    dashboard = import ./neovim/dashboard.nix;
    problems = import ./neovim/check.nix {
      groups = import ./neovim/keymaps;
      plugins = import ./neovim/plugins.nix;
      dashboard = import ./neovim/dashboard.nix;
    };
  };
  tmux = import ./tmux/keys.nix;
  theme = import ./theme.nix;
}
