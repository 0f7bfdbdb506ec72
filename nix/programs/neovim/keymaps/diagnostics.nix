{
  name = "diagnostics";
  prefix = "<leader>x";
  maps = [
    { key = "<leader>xx"; cmd = "Trouble diagnostics toggle"; plugin = "trouble"; desc = "All"; }
    { key = "<leader>xb"; cmd = "Trouble diagnostics toggle filter.buf=0"; plugin = "trouble"; desc = "Of the buffer"; }
    { key = "<leader>xs"; cmd = "Trouble symbols toggle focus=false"; plugin = "trouble"; desc = "Symbols"; }
    { key = "<leader>xl"; cmd = "Trouble lsp toggle focus=false win.position=right"; plugin = "trouble"; desc = "Definitions and references"; }
    { key = "<leader>xq"; cmd = "Trouble qflist toggle"; plugin = "trouble"; desc = "Quickfix list"; }
    { key = "<leader>xL"; cmd = "Trouble loclist toggle"; plugin = "trouble"; desc = "Location list"; }
    { key = "<leader>xt"; cmd = "Trouble todo toggle"; plugin = "trouble"; desc = "What is left to do"; }
    { key = "]x"; lua = ''require("trouble").next({ skip_groups = true, jump = true })''; plugin = "trouble"; desc = "Next of the list"; }
    { key = "[x"; lua = ''require("trouble").prev({ skip_groups = true, jump = true })''; plugin = "trouble"; desc = "Of the list, before"; }
    { key = "]t"; lua = ''require("todo-comments").jump_next()''; plugin = "todo-comments"; desc = "Next comment on what is left"; }
    { key = "[t"; lua = ''require("todo-comments").jump_prev()''; plugin = "todo-comments"; desc = "Comment on what is left, before"; }
  ];
}
