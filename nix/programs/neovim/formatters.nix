# Who formats what in the editor: the owners of `k format`, each called so that it does what `k format` does. By name of the
# tool in nix/tools.json:
#   formatter  its name in conform.nvim
#   args       conform puts the file's name for $FILENAME; the text comes on standard input
#   kinds      k's kinds of files; a test holds them to be what `[format.owners]` says by default
#   filetypes  Neovim's
{
  ruff = {
    formatter = "ruff_format";
    args = [ "format" "--force-exclude" "--stdin-filename" "$FILENAME" "-" ];
    kinds = [ "python" ];
    filetypes = [ "python" ];
  };
  biome = {
    formatter = "biome";
    args = [ "format" "--stdin-file-path" "$FILENAME" ];
    kinds = [ "javascript" "typescript" "json" "jsonc" ];
    filetypes = [ "javascript" "javascriptreact" "typescript" "typescriptreact" "json" "jsonc" ];
  };
  prettier = {
    formatter = "prettier";
    args = [ "--stdin-filepath" "$FILENAME" ];
    kinds = [ "markdown" "yaml" "workflow" "html" "css" "scss" "less" ];
    filetypes = [ "markdown" "yaml" "html" "css" "scss" "less" ];
  };
  taplo = {
    formatter = "taplo";
    args = [ "format" "--stdin-filepath" "$FILENAME" "-" ];
    kinds = [ "toml" ];
    filetypes = [ "toml" ];
  };
  shfmt = {
    formatter = "shfmt";
    args = [ "-filename" "$FILENAME" ];
    kinds = [ "shell" ];
    filetypes = [ "sh" "bash" ];
  };
  gofumpt = {
    formatter = "gofumpt";
    args = [ "-lang=go1.22" ];
    kinds = [ "go" ];
    filetypes = [ "go" ];
  };
  rustfmt = {
    formatter = "rustfmt";
    args = [ "--emit" "stdout" "--color" "never" "--config" "skip_children=true" ];
    kinds = [ "rust" ];
    filetypes = [ "rust" ];
  };
  nixpkgs-fmt = {
    formatter = "nixpkgs_fmt";
    args = [ ];
    kinds = [ "nix" ];
    filetypes = [ "nix" ];
  };
}
