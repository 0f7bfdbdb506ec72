# Who lints what in the editor, with Konductor's configuration. By name of the tool in nix/tools.json: `linter` is its name in
# nvim-lint, `filetypes` are Neovim's. shellcheck is not here: the language server of bash runs it.
{
  ruff = { linter = "ruff"; filetypes = [ "python" ]; };
  mypy = { linter = "mypy"; filetypes = [ "python" ]; };
  biome = { linter = "biomejs"; filetypes = [ "javascript" "javascriptreact" "typescript" "typescriptreact" "json" "jsonc" ]; };
  yamllint = { linter = "yamllint"; filetypes = [ "yaml" ]; };
  # Where the file is a workflow: `config/lint.nix` asks.
  actionlint = { linter = "actionlint"; filetypes = [ ]; };
  markdownlint = { linter = "markdownlint-cli2"; filetypes = [ "markdown" ]; };
  hadolint = { linter = "hadolint"; filetypes = [ "dockerfile" ]; };
  htmlhint = { linter = "htmlhint"; filetypes = [ "html" ]; };
  stylelint = { linter = "stylelint"; filetypes = [ "css" "scss" "less" ]; };
  golangci-lint = { linter = "golangcilint"; filetypes = [ "go" ]; };
  statix = { linter = "statix"; filetypes = [ "nix" ]; };
  deadnix = { linter = "deadnix"; filetypes = [ "nix" ]; };
}
