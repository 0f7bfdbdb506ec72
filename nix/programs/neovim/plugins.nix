# Every plugin, once: `config/*.nix` may enable no other, and a keymap may use only what is said here. By name of nixvim's
# option:
#   package   its name in nixpkgs' vimPlugins
#   summary   for docs/programs.md
#   commands  Ex commands that it brings and keymaps use
#   modules   Lua modules that keymaps and other settings use
#   globals   global Lua tables
#   extra     nixvim has no option for it, or we use none
#   keys      keys that it maps by itself, [ mode key ], with our settings
#   lazy      what loads it, else it is loaded at the start: `cmd` (true: its commands), `event`, `ft`. `DeferredUIEnter` is
#             when the screen is drawn.
{
  snacks = {
    package = "snacks-nvim";
    summary = "Dashboard, pickers, explorer, terminals, notifications, indent guides, zen and more";
    modules = [ "snacks" ];
    globals = [ "Snacks" ];
  };
  which-key = { package = "which-key-nvim"; summary = "Shows the keys that may follow"; modules = [ "which-key" ]; lazy.event = [ "DeferredUIEnter" ]; };
  mini = { package = "mini-nvim"; summary = "Icons"; };
  lualine = { package = "lualine-nvim"; summary = "Status line"; lazy.event = [ "DeferredUIEnter" ]; };
  bufferline = {
    package = "bufferline-nvim";
    summary = "Buffers as tabs";
    commands = [
      "BufferLineCloseLeft"
      "BufferLineCloseOthers"
      "BufferLineCloseRight"
      "BufferLineCycleNext"
      "BufferLineCyclePrev"
      "BufferLineGroupClose"
      "BufferLineMoveNext"
      "BufferLineMovePrev"
      "BufferLinePick"
      "BufferLineTogglePin"
    ];
    lazy.event = [ "DeferredUIEnter" ];
  };
  treesitter = { package = "nvim-treesitter"; summary = "Highlighting, indentation and folds by syntax tree"; };
  treesitter-textobjects = { package = "nvim-treesitter-textobjects"; summary = "Functions, classes and parameters as text objects"; };
  treesitter-context = { package = "nvim-treesitter-context"; summary = "Shows in which function one is"; commands = [ "TSContext" ]; lazy.event = [ "DeferredUIEnter" ]; };
  lspconfig = { package = "nvim-lspconfig"; summary = "How each language server is started"; commands = [ "LspRestart" ]; };
  schemastore = { package = "SchemaStore-nvim"; summary = "Schemas of JSON and YAML files"; modules = [ "schemastore" ]; extra = true; };
  lazydev = { package = "lazydev-nvim"; summary = "Types of Neovim's own Lua"; lazy.ft = [ "lua" ]; };
  blink-cmp = { package = "blink-cmp"; summary = "Completion"; modules = [ "blink.cmp" ]; };
  blink-copilot = { package = "blink-copilot"; summary = "Copilot's suggestions in the completion"; modules = [ "blink-copilot" ]; };
  copilot-lua = { package = "copilot-lua"; summary = "GitHub Copilot, off until switched on"; commands = [ "Copilot" ]; lazy.cmd = true; };
  friendly-snippets = { package = "friendly-snippets"; summary = "Snippets of many languages"; };
  nvim-autopairs = { package = "nvim-autopairs"; summary = "Closes brackets and quotes"; lazy.event = [ "InsertEnter" ]; };
  ts-autotag = { package = "nvim-ts-autotag"; summary = "Closes and renames HTML tags"; lazy.ft = [ "html" "xml" "javascriptreact" "typescriptreact" ]; };
  nvim-surround = {
    package = "nvim-surround";
    summary = "Adds, changes and deletes what surrounds text";
    keys = [ [ "n" "ys" ] [ "n" "yS" ] [ "n" "ds" ] [ "n" "cs" ] [ "n" "cS" ] [ "x" "S" ] [ "x" "gS" ] [ "i" "<C-g>s" ] [ "i" "<C-g>S" ] ];
    lazy.event = [ "DeferredUIEnter" ];
  };
  guess-indent = { package = "guess-indent-nvim"; summary = "Takes a file's own indentation"; };
  conform-nvim = { package = "conform-nvim"; summary = "Formats with the tools of `k format`"; commands = [ "ConformInfo" ]; modules = [ "conform" ]; lazy = { cmd = true; event = [ "BufWritePre" ]; }; };
  lint = { package = "nvim-lint"; summary = "Lints with the tools of `k lint`"; modules = [ "lint" ]; };
  trouble = { package = "trouble-nvim"; summary = "Lists of diagnostics, references, symbols and quickfix"; commands = [ "Trouble" ]; modules = [ "trouble" ]; lazy.cmd = true; };
  todo-comments = { package = "todo-comments-nvim"; summary = "Marks comments that say what is left"; modules = [ "todo-comments" ]; lazy.event = [ "DeferredUIEnter" ]; };
  gitsigns = { package = "gitsigns-nvim"; summary = "Changed lines, hunks and blame"; commands = [ "Gitsigns" ]; lazy.event = [ "DeferredUIEnter" ]; };
  diffview = { package = "diffview-nvim"; summary = "Changes and history of files side by side"; commands = [ "DiffviewClose" "DiffviewFileHistory" "DiffviewOpen" ]; lazy.cmd = true; };
  persistence = { package = "persistence-nvim"; summary = "Sessions by folder and branch"; modules = [ "persistence" ]; lazy.event = [ "DeferredUIEnter" ]; };
  render-markdown = { package = "render-markdown-nvim"; summary = "Markdown, rendered in the buffer"; commands = [ "RenderMarkdown" ]; lazy.ft = [ "markdown" ]; };
  markdown-preview = { package = "markdown-preview-nvim"; summary = "Markdown in the browser"; commands = [ "MarkdownPreview" "MarkdownPreviewStop" "MarkdownPreviewToggle" ]; };
  tmux-navigator = {
    package = "vim-tmux-navigator";
    summary = "One set of keys for windows of Neovim and panes of tmux";
    commands = [ "TmuxNavigateDown" "TmuxNavigateLeft" "TmuxNavigatePrevious" "TmuxNavigateRight" "TmuxNavigateUp" ];
  };
  flash = { package = "flash-nvim"; summary = "Jumps to what one sees"; modules = [ "flash" ]; lazy.event = [ "DeferredUIEnter" ]; };
  grug-far = { package = "grug-far-nvim"; summary = "Search and replace in all files"; commands = [ "GrugFar" ]; lazy.cmd = true; };
  kulala = { package = "kulala-nvim"; summary = "HTTP requests from `.http` files"; modules = [ "kulala" ]; lazy.ft = [ "http" "rest" ]; };
}
