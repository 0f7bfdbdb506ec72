# Syntax trees: highlighting, indentation, text objects, and where one is.
{ pkgs, lib, textobjects, ... }:
let
  names = [
    "bash"
    "c"
    "cpp"
    "css"
    "diff"
    "dockerfile"
    "git_config"
    "gitcommit"
    "go"
    "gomod"
    "gosum"
    "hcl"
    "html"
    "http"
    "javascript"
    "json"
    "lua"
    "luadoc"
    "make"
    "markdown"
    "markdown_inline"
    "nix"
    "python"
    "query"
    "regex"
    "rust"
    "toml"
    "tsx"
    "typescript"
    "vim"
    "vimdoc"
    "xml"
    "yaml"
  ];
  moves = move: builtins.listToAttrs (map
    (row: lib.nameValuePair row.key { query = row.capture; inherit (row) desc; })
    (builtins.filter (row: row.move == move) textobjects.moves));
in
{
  plugins = {
    treesitter = {
      enable = true;
      grammarPackages = map (name: pkgs.vimPlugins.nvim-treesitter.builtGrammars.${name}) names;
      # Releases have no grammar of its own for JSON with comments any more.
      languageRegister.json = "jsonc";
      settings = {
        highlight.enable = true;
        indent.enable = true;
      };
    };
    treesitter-textobjects = {
      enable = true;
      settings = {
        select = {
          enable = true;
          lookahead = true;
          keymaps = builtins.listToAttrs (map
            (row: lib.nameValuePair row.key { query = row.capture; inherit (row) desc; })
            textobjects.selections);
        };
        move = {
          enable = true;
          set_jumps = true;
          goto_next_start = moves "goto_next_start";
          goto_previous_start = moves "goto_previous_start";
        };
      };
    };
    treesitter-context = {
      enable = true;
      settings.max_lines = 3;
    };
  };
}
