{
  name = "requests";
  prefix = "<leader>r";
  maps = [
    { key = "<leader>rr"; lua = ''require("kulala").run()''; plugin = "kulala"; ft = [ "http" "rest" ]; desc = "Send"; }
    { key = "<leader>rl"; lua = ''require("kulala").replay()''; plugin = "kulala"; ft = [ "http" "rest" ]; desc = "Send the last again"; }
    { key = "<leader>ri"; lua = ''require("kulala").inspect()''; plugin = "kulala"; ft = [ "http" "rest" ]; desc = "Show what would be sent"; }
  ];
}
