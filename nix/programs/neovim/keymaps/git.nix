{
  name = "git";
  prefix = "<leader>g";
  groups = [{ prefix = "<leader>gh"; name = "hunks"; }];
  maps = [
    { key = "<leader>gg"; lua = "Snacks.lazygit()"; plugin = "snacks"; program = "lazygit"; desc = "LazyGit"; }
    { key = "<leader>gf"; lua = "Snacks.lazygit.log_file()"; plugin = "snacks"; program = "lazygit"; desc = "LazyGit: log of the file"; }
    { key = "<leader>gl"; lua = "Snacks.picker.git_log()"; plugin = "snacks"; desc = "Log"; }
    { key = "<leader>gL"; lua = "Snacks.picker.git_log_line()"; plugin = "snacks"; desc = "Log of the line"; }
    { key = "<leader>gs"; lua = "Snacks.picker.git_status()"; plugin = "snacks"; desc = "Status"; }
    { key = "<leader>gS"; lua = "Snacks.picker.git_stash()"; plugin = "snacks"; desc = "Stash"; }
    { key = "<leader>gb"; lua = "Snacks.git.blame_line()"; plugin = "snacks"; desc = "Blame the line"; }
    { key = "<leader>gc"; lua = "Snacks.picker.git_branches()"; plugin = "snacks"; desc = "Branches"; }
    { mode = [ "n" "x" ]; key = "<leader>gB"; lua = "Snacks.gitbrowse()"; plugin = "snacks"; desc = "Open in the browser"; }
    { key = "<leader>gd"; cmd = "DiffviewOpen"; plugin = "diffview"; desc = "Changes, side by side"; }
    { key = "<leader>gD"; cmd = "DiffviewClose"; plugin = "diffview"; desc = "Close the changes"; }
    { key = "<leader>gH"; cmd = "DiffviewFileHistory %"; plugin = "diffview"; desc = "History of the file"; }
    { key = "]h"; cmd = "Gitsigns nav_hunk next"; plugin = "gitsigns"; desc = "Next hunk"; }
    { key = "[h"; cmd = "Gitsigns nav_hunk prev"; plugin = "gitsigns"; desc = "Hunk before"; }
    { key = "<leader>ghs"; cmd = "Gitsigns stage_hunk"; plugin = "gitsigns"; desc = "Stage, or no longer"; }
    { mode = [ "x" ]; key = "<leader>ghs"; cmd = "Gitsigns stage_hunk"; range = true; plugin = "gitsigns"; desc = "Stage the lines"; }
    { key = "<leader>ghr"; cmd = "Gitsigns reset_hunk"; plugin = "gitsigns"; desc = "Undo the change"; }
    { mode = [ "x" ]; key = "<leader>ghr"; cmd = "Gitsigns reset_hunk"; range = true; plugin = "gitsigns"; desc = "Undo the change of the lines"; }
    { key = "<leader>ghS"; cmd = "Gitsigns stage_buffer"; plugin = "gitsigns"; desc = "Stage the buffer"; }
    { key = "<leader>ghR"; cmd = "Gitsigns reset_buffer"; plugin = "gitsigns"; desc = "Undo all changes"; }
    { key = "<leader>ghp"; cmd = "Gitsigns preview_hunk_inline"; plugin = "gitsigns"; desc = "Show"; }
    { key = "<leader>ghb"; cmd = "Gitsigns blame"; plugin = "gitsigns"; desc = "Blame the buffer"; }
    { key = "<leader>ghd"; cmd = "Gitsigns diffthis"; plugin = "gitsigns"; desc = "Compare with the index"; }
    { mode = [ "o" "x" ]; key = "gh"; cmd = "Gitsigns select_hunk"; plugin = "gitsigns"; desc = "The hunk"; }
  ];
}
