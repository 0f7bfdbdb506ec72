{
  name = "interface";
  prefix = "<leader>u";
  maps = [
    { key = "<leader>uf"; lua = "vim.g.disable_autoformat = not vim.g.disable_autoformat"; desc = "Format on save, or no longer"; }
    { key = "<leader>us"; lua = ''Snacks.toggle.option("spell"):toggle()''; plugin = "snacks"; desc = "Spelling"; }
    { key = "<leader>uw"; lua = ''Snacks.toggle.option("wrap"):toggle()''; plugin = "snacks"; desc = "Wrapped lines"; }
    { key = "<leader>uL"; lua = ''Snacks.toggle.option("relativenumber"):toggle()''; plugin = "snacks"; desc = "Relative line numbers"; }
    { key = "<leader>ul"; lua = "Snacks.toggle.line_number():toggle()"; plugin = "snacks"; desc = "Line numbers"; }
    { key = "<leader>ud"; lua = "Snacks.toggle.diagnostics():toggle()"; plugin = "snacks"; desc = "Diagnostics"; }
    { key = "<leader>uh"; lua = "Snacks.toggle.inlay_hints():toggle()"; plugin = "snacks"; desc = "Inlay hints"; }
    { key = "<leader>uT"; lua = "Snacks.toggle.treesitter():toggle()"; plugin = "snacks"; desc = "Highlighting by syntax tree"; }
    { key = "<leader>ug"; lua = "Snacks.toggle.indent():toggle()"; plugin = "snacks"; desc = "Indent guides"; }
    { key = "<leader>uD"; lua = "Snacks.toggle.dim():toggle()"; plugin = "snacks"; desc = "Dim all but the scope"; }
    { key = "<leader>uz"; lua = "Snacks.zen()"; plugin = "snacks"; desc = "Zen"; }
    { key = "<leader>uS"; lua = "Snacks.toggle.scroll():toggle()"; plugin = "snacks"; desc = "Smooth scrolling"; }
    { key = "<leader>uc"; cmd = "TSContext toggle"; plugin = "treesitter-context"; desc = "Context at the top"; }
    { key = "<leader>un"; lua = "Snacks.notifier.hide()"; plugin = "snacks"; desc = "Hide notifications"; }
    { key = "<leader>uN"; lua = "Snacks.notifier.show_history()"; plugin = "snacks"; desc = "Notifications of before"; }
    { key = "<leader>up"; lua = "Snacks.toggle.profiler():toggle()"; plugin = "snacks"; desc = "Profiler"; }
  ];
}
