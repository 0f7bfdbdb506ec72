{
  name = "terminal";
  prefix = "<leader>t";
  maps = [
    { key = "<leader>tt"; lua = "Snacks.terminal()"; plugin = "snacks"; desc = "Below"; }
    { key = "<leader>tf"; lua = ''Snacks.terminal(nil, { win = { position = "float" } })''; plugin = "snacks"; desc = "Floating"; }
    { key = "<leader>tv"; lua = ''Snacks.terminal(nil, { win = { position = "right" } })''; plugin = "snacks"; desc = "To the right"; }
    { key = "<leader>tp"; lua = ''Snacks.terminal("python3")''; plugin = "snacks"; program = "python3"; desc = "Python"; }
    { key = "<leader>tn"; lua = ''Snacks.terminal("node")''; plugin = "snacks"; program = "node"; desc = "Node"; }
    { key = "<leader>ti"; lua = ''Snacks.terminal("nix repl")''; plugin = "snacks"; program = "nix"; desc = "Nix"; }
    { key = "<leader>tb"; lua = ''Snacks.terminal("btm")''; plugin = "snacks"; program = "btm"; desc = "Processes"; }
    { key = "<leader>tk"; lua = ''Snacks.terminal("k")''; plugin = "snacks"; program = "k"; desc = "k"; }
  ];
}
