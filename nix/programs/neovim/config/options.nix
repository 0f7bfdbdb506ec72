# Options of the editor.
{ pkgs, ... }:
{
  globals = {
    mapleader = " ";
    maplocalleader = "\\";
    # Tables of the languages' own indentation are not wanted: files say theirs.
    markdown_recommended_style = 0;
    # Not used; to look for them takes time at the start.
    loaded_ruby_provider = 0;
    loaded_perl_provider = 0;
    loaded_python3_provider = 0;
    loaded_node_provider = 0;
    # The explorer takes its place.
    loaded_netrw = 1;
    loaded_netrwPlugin = 1;
  };
  withRuby = false;
  withPerl = false;
  withPython3 = false;
  withNodeJs = false;

  opts = {
    # What one sees.
    number = true;
    relativenumber = true;
    cursorline = true;
    signcolumn = "yes";
    laststatus = 3;
    showmode = false;
    ruler = false;
    termguicolors = true;
    wrap = false;
    linebreak = true;
    breakindent = true;
    scrolloff = 8;
    sidescrolloff = 8;
    smoothscroll = true;
    list = true;
    listchars = { tab = "» "; trail = "·"; nbsp = "␣"; extends = "›"; precedes = "‹"; };
    fillchars = { eob = " "; fold = " "; diff = "╱"; };
    conceallevel = 2;
    pumheight = 12;
    pumblend = 0;
    winminwidth = 5;
    winborder = "rounded";
    splitright = true;
    splitbelow = true;
    splitkeep = "screen";

    # Indentation.
    expandtab = true;
    shiftwidth = 2;
    tabstop = 2;
    softtabstop = 2;
    shiftround = true;
    smartindent = true;

    # Search, completion, comparison.
    ignorecase = true;
    smartcase = true;
    inccommand = "split";
    grepprg = "${pkgs.ripgrep}/bin/rg --vimgrep --smart-case";
    grepformat = "%f:%l:%c:%m";
    completeopt = "menu,menuone,noselect,popup";
    wildmode = "longest:full,full";
    diffopt = "internal,filler,closeoff,algorithm:histogram,indent-heuristic,linematch:60";

    # Folds by syntax tree, all open.
    foldmethod = "expr";
    foldexpr = "v:lua.vim.treesitter.foldexpr()";
    foldlevel = 99;
    foldlevelstart = 99;
    foldtext = "";

    # Files, and what is kept of them.
    undofile = true;
    undolevels = 10000;
    swapfile = false;
    backup = false;
    writebackup = false;
    autoread = true;
    confirm = true;
    fileformats = "unix,dos";
    sessionoptions = "buffers,curdir,tabpages,winsize,help,globals,skiprtp,folds";

    # Typing.
    timeoutlen = 300;
    updatetime = 200;
    mouse = "a";
    virtualedit = "block";
    jumpoptions = "stack,view";
    formatoptions = "jcroqlnt";
    spelllang = "en";
    spelloptions = "camel";
    # With line editing, which a shell for scripts alone has not.
    shell = "${pkgs.bashInteractive}/bin/bash";
  };
}
