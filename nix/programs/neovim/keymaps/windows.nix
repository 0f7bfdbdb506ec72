{
  name = "windows";
  prefix = "<leader>w";
  maps = [
    { key = "<leader>wv"; cmd = "vsplit"; desc = "Split to the right"; }
    { key = "<leader>ws"; cmd = "split"; desc = "Split downward"; }
    { key = "<leader>wd"; cmd = "close"; desc = "Close"; }
    { key = "<leader>wo"; cmd = "only"; desc = "Close the others"; }
    { key = "<leader>w="; cmd = "wincmd ="; desc = "Same size"; }
    { key = "<leader>wm"; lua = "Snacks.zen.zoom()"; plugin = "snacks"; desc = "Zoom, or no longer"; }
    { key = "<leader>wH"; cmd = "wincmd H"; desc = "Move to the far left"; }
    { key = "<leader>wJ"; cmd = "wincmd J"; desc = "Move to the bottom"; }
    { key = "<leader>wK"; cmd = "wincmd K"; desc = "Move to the top"; }
    { key = "<leader>wL"; cmd = "wincmd L"; desc = "Move to the far right"; }
    { key = "<leader>wx"; cmd = "wincmd x"; desc = "Swap with the next"; }
    { key = "<leader>wt"; cmd = "tab split"; desc = "As a tab page"; }
    { key = "<leader>wp"; cmd = "wincmd p"; desc = "The window before"; }
  ];
}
