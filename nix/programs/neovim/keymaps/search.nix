{
  name = "search";
  prefix = "<leader>s";
  maps = [
    { key = "<leader>sg"; lua = "Snacks.picker.grep()"; plugin = "snacks"; desc = "Text in files"; }
    { mode = [ "n" "x" ]; key = "<leader>sw"; lua = "Snacks.picker.grep_word()"; plugin = "snacks"; desc = "The word or selection"; }
    { key = "<leader>sb"; lua = "Snacks.picker.lines()"; plugin = "snacks"; desc = "Lines of the buffer"; }
    { key = "<leader>sB"; lua = "Snacks.picker.grep_buffers()"; plugin = "snacks"; desc = "Text in open buffers"; }
    { key = "<leader>sr"; cmd = "GrugFar"; plugin = "grug-far"; desc = "Search and replace"; }
    { key = "<leader>sh"; lua = "Snacks.picker.help()"; plugin = "snacks"; desc = "Help"; }
    { key = "<leader>sH"; lua = "Snacks.picker.highlights()"; plugin = "snacks"; desc = "Highlights"; }
    { key = "<leader>sk"; lua = "Snacks.picker.keymaps()"; plugin = "snacks"; desc = "Keymaps"; }
    { key = "<leader>sc"; lua = "Snacks.picker.commands()"; plugin = "snacks"; desc = "Commands"; }
    { key = "<leader>sC"; lua = "Snacks.picker.colorschemes()"; plugin = "snacks"; desc = "Colour schemes"; }
    { key = "<leader>sm"; lua = "Snacks.picker.marks()"; plugin = "snacks"; desc = "Marks"; }
    { key = "<leader>sM"; lua = "Snacks.picker.man()"; plugin = "snacks"; desc = "Man pages"; }
    { key = "<leader>sj"; lua = "Snacks.picker.jumps()"; plugin = "snacks"; desc = "Jumps"; }
    { key = "<leader>sd"; lua = "Snacks.picker.diagnostics()"; plugin = "snacks"; desc = "Diagnostics"; }
    { key = "<leader>sD"; lua = "Snacks.picker.diagnostics_buffer()"; plugin = "snacks"; desc = "Diagnostics of the buffer"; }
    { key = "<leader>sq"; lua = "Snacks.picker.qflist()"; plugin = "snacks"; desc = "Quickfix list"; }
    { key = "<leader>sl"; lua = "Snacks.picker.loclist()"; plugin = "snacks"; desc = "Location list"; }
    { key = "<leader>sy"; lua = "Snacks.picker.registers()"; plugin = "snacks"; desc = "Registers"; }
    { key = "<leader>su"; lua = "Snacks.picker.undo()"; plugin = "snacks"; desc = "Undo tree"; }
    { key = "<leader>st"; lua = "Snacks.picker.todo_comments()"; plugin = "todo-comments"; desc = "What is left to do"; }
    { key = "<leader>sR"; lua = "Snacks.picker.resume()"; plugin = "snacks"; desc = "The last picker again"; }
  ];
}
