{
  name = "session";
  prefix = "<leader>q";
  maps = [
    { key = "<leader>qq"; cmd = "confirm qall"; desc = "Quit"; }
    { key = "<leader>qw"; cmd = "wqall"; desc = "Save all and quit"; }
    { key = "<leader>qs"; lua = ''require("persistence").load()''; plugin = "persistence"; desc = "Session of the folder"; }
    { key = "<leader>qS"; lua = ''require("persistence").select()''; plugin = "persistence"; desc = "Choose a session"; }
    { key = "<leader>ql"; lua = ''require("persistence").load({ last = true })''; plugin = "persistence"; desc = "The last session"; }
    { key = "<leader>qd"; lua = ''require("persistence").stop()''; plugin = "persistence"; desc = "Do not save this one"; }
  ];
}
