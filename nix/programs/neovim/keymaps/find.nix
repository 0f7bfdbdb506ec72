{
  name = "find";
  prefix = "<leader>f";
  maps = [
    { key = "<leader>ff"; lua = "Snacks.picker.files()"; plugin = "snacks"; desc = "Files"; }
    { key = "<leader>fg"; lua = "Snacks.picker.git_files()"; plugin = "snacks"; desc = "Files that git knows"; }
    { key = "<leader>fr"; lua = "Snacks.picker.recent()"; plugin = "snacks"; desc = "Recent files"; }
    { key = "<leader>fp"; lua = "Snacks.picker.projects()"; plugin = "snacks"; desc = "Projects"; }
    { key = "<leader>fb"; lua = "Snacks.picker.buffers()"; plugin = "snacks"; desc = "Buffers"; }
    { key = "<leader>fn"; cmd = "enew"; desc = "New file"; }
    { key = "<leader>fm"; lua = "Snacks.rename.rename_file()"; plugin = "snacks"; desc = "Rename the file"; }
  ];
}
