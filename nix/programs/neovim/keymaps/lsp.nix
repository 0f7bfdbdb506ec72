{
  name = "language";
  prefix = "<leader>l";
  maps = [
    { key = "gd"; lua = "Snacks.picker.lsp_definitions()"; plugin = "snacks"; desc = "Definition"; }
    { key = "gD"; lua = "Snacks.picker.lsp_declarations()"; plugin = "snacks"; desc = "Declaration"; }
    { key = "gI"; lua = "Snacks.picker.lsp_implementations()"; plugin = "snacks"; desc = "Implementations"; }
    { key = "gy"; lua = "Snacks.picker.lsp_type_definitions()"; plugin = "snacks"; desc = "Definition of the type"; }
    # `gr` alone would wait for Neovim's own grr, grn and gra.
    { key = "grr"; lua = "Snacks.picker.lsp_references()"; plugin = "snacks"; desc = "References"; }
    { key = "gK"; lua = "vim.lsp.buf.signature_help()"; desc = "Signature"; }
    { key = "]]"; lua = "Snacks.words.jump(vim.v.count1)"; plugin = "snacks"; desc = "Next reference"; }
    { key = "[["; lua = "Snacks.words.jump(-vim.v.count1)"; plugin = "snacks"; desc = "Reference before"; }
    { mode = [ "n" "x" ]; key = "<leader>la"; lua = "vim.lsp.buf.code_action()"; desc = "Action"; }
    { key = "<leader>lr"; lua = "vim.lsp.buf.rename()"; desc = "Rename"; }
    { key = "<leader>lR"; lua = "Snacks.rename.rename_file()"; plugin = "snacks"; desc = "Rename the file"; }
    { mode = [ "n" "x" ]; key = "<leader>lf"; lua = ''require("conform").format({ lsp_format = "fallback" })''; plugin = "conform-nvim"; desc = "Format"; }
    { key = "<leader>lF"; cmd = "ConformInfo"; plugin = "conform-nvim"; desc = "Formatters"; }
    { key = "<leader>li"; cmd = "checkhealth vim.lsp"; desc = "Language servers"; }
    { key = "<leader>lx"; cmd = "LspRestart"; plugin = "lspconfig"; desc = "Start them anew"; }
    { key = "<leader>ls"; lua = "Snacks.picker.lsp_symbols()"; plugin = "snacks"; desc = "Symbols of the file"; }
    { key = "<leader>lS"; lua = "Snacks.picker.lsp_workspace_symbols()"; plugin = "snacks"; desc = "Symbols of the project"; }
    { key = "<leader>ld"; lua = "vim.diagnostic.open_float()"; desc = "Diagnostics of the line"; }
    { key = "<leader>ll"; lua = ''require("lint").try_lint()''; plugin = "lint"; desc = "Lint"; }
  ];
}
