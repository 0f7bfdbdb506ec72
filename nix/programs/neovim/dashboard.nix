# What one sees of Neovim without a file: keys as in keymaps/, and the banner.
{
  banner = [
    "╻┏ ┏━┓┏┓╻╺┳┓╻ ╻┏━╸╺┳╸┏━┓┏━┓"
    "┣┻┓┃ ┃┃┗┫ ┃┃┃ ┃┃   ┃ ┃ ┃┣┳┛"
    "╹ ╹┗━┛╹ ╹╺┻┛┗━┛┗━╸ ╹ ┗━┛╹┗╸"
  ];
  keys = [
    { key = "f"; lua = "Snacks.picker.files()"; plugin = "snacks"; desc = "Find a file"; }
    { key = "/"; lua = "Snacks.picker.grep()"; plugin = "snacks"; desc = "Search in files"; }
    { key = "r"; lua = "Snacks.picker.recent()"; plugin = "snacks"; desc = "Recent files"; }
    { key = "e"; lua = "Snacks.explorer()"; plugin = "snacks"; desc = "Explorer"; }
    { key = "g"; lua = "Snacks.lazygit()"; plugin = "snacks"; program = "lazygit"; desc = "LazyGit"; }
    { key = "t"; lua = "Snacks.terminal()"; plugin = "snacks"; desc = "Terminal"; }
    { key = "v"; lua = ''Snacks.terminal.toggle("claude", { win = { position = "right", width = 0.4 } })''; plugin = "snacks"; program = "claude"; desc = "Claude"; }
    { key = "s"; lua = ''require("persistence").load()''; plugin = "persistence"; desc = "Session of the folder"; }
    { key = "q"; cmd = "qall"; desc = "Quit"; }
  ];
}
