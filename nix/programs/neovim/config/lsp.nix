# Language servers. Their programs are in the editor's own PATH.
{ pkgs, lib, exe, servers, plugins, ... }:
let
  settings = {
    nil_ls.nil = {
      formatting.command = [ (exe "nixpkgs-fmt") ];
      nix.flake.autoArchive = false;
    };
    lua_ls.Lua = {
      telemetry.enable = false;
      workspace.checkThirdParty = false;
      hint.enable = true;
    };
    pyright.python.analysis.autoImportCompletions = true;
    # Linters of Python are ruff and mypy.
    pyright.pyright.disableOrganizeImports = true;
    gopls.gopls = {
      gofumpt = true;
      staticcheck = true;
      hints = { assignVariableTypes = true; parameterNames = true; rangeVariableTypes = true; };
    };
    rust_analyzer.rust-analyzer = {
      check.command = "clippy";
      cargo.buildScripts.enable = true;
    };
    # Formatting is conform's.
    bashls.bashIde = {
      shellcheckPath = exe "shellcheck";
      shfmt.path = "";
    };
    yamlls = {
      redhat.telemetry.enabled = false;
      yaml = {
        format.enable = false;
        keyOrdering = false;
        # SchemaStore's catalogue is in the plugin: nothing is fetched to list it.
        schemaStore = { enable = false; url = ""; };
      };
    };
    jsonls.json = {
      format.enable = false;
      validate.enable = true;
    };
  };
  # Read when the server starts: the catalogue takes longer than all else at the start of the editor.
  schemas = { jsonls = "json"; yamlls = "yaml"; };
  server = name: row: {
    enable = true;
    packageFallback = row.yields or false;
    config = lib.optionalAttrs (settings ? ${name}) { settings = settings.${name}; }
      // lib.optionalAttrs (schemas ? ${name}) {
      before_init.__raw = ''
        function(_, config)
          config.settings.${schemas.${name}}.schemas = require("schemastore").${schemas.${name}}.schemas()
        end
      '';
    };
  };
in
{
  lsp = {
    inlayHints.enable = true;
    servers = lib.mapAttrs server servers;
  };
  # nixvim's own option for it knows another way to declare servers; the servers above ask it for what they need.
  extraPlugins = [ pkgs.vimPlugins.${plugins.schemastore.package} ];
  plugins = {
    lspconfig.enable = true;
    lazydev = {
      enable = true;
      settings.library = [{ path = "snacks.nvim"; words = [ "Snacks" ]; }];
    };
  };
}
