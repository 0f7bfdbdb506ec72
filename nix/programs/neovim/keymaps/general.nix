{
  name = "general";
  maps = [
    { key = "<Esc>"; cmd = "nohlsearch"; desc = "No search highlight"; }
    { mode = [ "i" ]; key = "jk"; keys = "<Esc>"; desc = "Leave insert mode"; }

    { mode = [ "n" "t" ]; key = "<C-h>"; cmd = "TmuxNavigateLeft"; plugin = "tmux-navigator"; desc = "Window or pane to the left"; }
    { mode = [ "n" "t" ]; key = "<C-j>"; cmd = "TmuxNavigateDown"; plugin = "tmux-navigator"; desc = "Window or pane below"; }
    { mode = [ "n" "t" ]; key = "<C-k>"; cmd = "TmuxNavigateUp"; plugin = "tmux-navigator"; desc = "Window or pane above"; }
    { mode = [ "n" "t" ]; key = "<C-l>"; cmd = "TmuxNavigateRight"; plugin = "tmux-navigator"; desc = "Window or pane to the right"; }
    { key = "<C-\\>"; cmd = "TmuxNavigatePrevious"; plugin = "tmux-navigator"; desc = "Window or pane before"; }

    { key = "<C-Up>"; cmd = "resize +2"; desc = "Higher window"; }
    { key = "<C-Down>"; cmd = "resize -2"; desc = "Lower window"; }
    { key = "<C-Left>"; cmd = "vertical resize -2"; desc = "Narrower window"; }
    { key = "<C-Right>"; cmd = "vertical resize +2"; desc = "Wider window"; }

    { key = "<A-j>"; keys = "<cmd>move .+1<cr>=="; desc = "Move the line down"; }
    { key = "<A-k>"; keys = "<cmd>move .-2<cr>=="; desc = "Move the line up"; }
    { mode = [ "x" ]; key = "<A-j>"; keys = ":move '>+1<cr>gv=gv"; desc = "Move the lines down"; }
    { mode = [ "x" ]; key = "<A-k>"; keys = ":move '<-2<cr>gv=gv"; desc = "Move the lines up"; }
    { mode = [ "x" ]; key = "<"; keys = "<gv"; desc = "Less indentation"; }
    { mode = [ "x" ]; key = ">"; keys = ">gv"; desc = "More indentation"; }

    { mode = [ "n" "o" ]; key = "s"; lua = ''require("flash").jump()''; plugin = "flash"; desc = "Jump to text that is seen"; }
    { mode = [ "n" "o" ]; key = "S"; lua = ''require("flash").treesitter()''; plugin = "flash"; desc = "Select by syntax tree"; }

    { key = "<leader><space>"; lua = "Snacks.picker.smart()"; plugin = "snacks"; desc = "Find a file"; }
    { key = "<leader>/"; lua = "Snacks.picker.grep()"; plugin = "snacks"; desc = "Search in files"; }
    { key = "<leader>,"; lua = "Snacks.picker.buffers()"; plugin = "snacks"; desc = "Buffers"; }
    { key = "<leader>:"; lua = "Snacks.picker.command_history()"; plugin = "snacks"; desc = "Commands of before"; }
    { key = "<leader>e"; lua = "Snacks.explorer()"; plugin = "snacks"; desc = "Explorer"; }
    { key = "<leader>E"; lua = "Snacks.explorer.reveal()"; plugin = "snacks"; desc = "This file in the explorer"; }
    { key = "<leader>."; lua = "Snacks.scratch()"; plugin = "snacks"; desc = "Scratch buffer"; }
    { key = "<leader>S"; lua = "Snacks.scratch.select()"; plugin = "snacks"; desc = "Scratch buffers"; }
    { mode = [ "n" "t" ]; key = "<C-/>"; lua = "Snacks.terminal()"; plugin = "snacks"; desc = "Terminal"; }
    # What most terminals send for it.
    { mode = [ "n" "t" ]; key = "<C-_>"; lua = "Snacks.terminal()"; plugin = "snacks"; desc = "Terminal"; }
  ];
}
