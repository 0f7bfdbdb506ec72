# Neovim: plugins, language servers, formatters and linters of one nixvim module, on the flake's one instance of nixpkgs.
{ pkgs, lib, tools, inputs, bash, git, ... }:
let
  wrap = import ../wrap.nix { inherit pkgs lib; };
  plugins = import ./plugins.nix;
  groups = import ./keymaps;
  dashboard = import ./dashboard.nix;
  problems = import ./check.nix { inherit plugins groups dashboard; };
  actions = import ./actions.nix {
    inherit pkgs lib plugins;
  };
  context = {
    inherit pkgs lib tools plugins groups dashboard;
    inherit (actions) rhs luaAction;
    inherit (bash) paneRc;
    git = git.package;
    theme = import ../theme.nix;
    exe = name: lib.getExe tools.${name};
    servers = import ./servers.nix;
    formatters = import ./formatters.nix;
    linters = import ./linters.nix;
    textobjects = import ./keymaps/textobjects.nix;
  };
  module = {
    imports = map (file: import file context) [
      ./config/options.nix
      ./config/clipboard.nix
      ./config/appearance.nix
      ./config/snacks.nix
      ./config/treesitter.nix
      ./config/lsp.nix
      ./config/completion.nix
      ./config/format.nix
      ./config/lint.nix
      ./config/git.nix
      ./config/lists.nix
      ./config/documents.nix
      ./config/sessions.nix
      ./config/ai.nix
      ./config/autocmds.nix
      ./config/start.nix
      ./config/keymaps.nix
    ];
    # nixvim's own manual: all of its options would be evaluated for it.
    enableMan = false;
    viAlias = true;
    vimAlias = true;
  };
  # What lua/walk.lua holds the built editor against.
  walkData = pkgs.writeText "konductor-nvim-walk.json" (builtins.toJSON {
    inherit groups dashboard;
    inherit (context) servers formatters linters;
    lazy = map actions.nameOf (builtins.attrNames (lib.filterAttrs (_: row: row ? lazy) plugins));
  });
  nvim = inputs.nixvim.legacyPackages.${pkgs.stdenv.hostPlatform.system}.makeNixvimWithModule { inherit pkgs module; };
in
assert lib.assertMsg (problems == [ ]) "Neovim's keymaps: ${lib.concatStringsSep "; " problems}";
{
  # For tests: what was asked for, and the editor as nixvim made it, with `config`.
  inherit module groups plugins;
  unwrapped = nvim;
  # Builds where the editor has all that its keymaps and settings point at.
  walk = pkgs.runCommand "konductor-nvim-walk" { KONDUCTOR_WALK = walkData; } ''
    HOME=$(mktemp -d) ${nvim}/bin/nvim --headless -c "luafile ${./lua/walk.lua}"
    touch "$out"
  '';
  package = wrap {
    package = nvim;
    mainProgram = "nvim";
    programs.vimdiff = ''exec ${nvim}/bin/nvim -d "$@"'';
  };
}
