{
  name = "buffers";
  prefix = "<leader>b";
  maps = [
    { key = "<S-h>"; cmd = "BufferLineCyclePrev"; plugin = "bufferline"; desc = "Buffer before"; }
    { key = "<S-l>"; cmd = "BufferLineCycleNext"; plugin = "bufferline"; desc = "Buffer after"; }
    { key = "<leader>bb"; cmd = "buffer #"; desc = "The buffer that was last shown"; }
    { key = "<leader>bd"; lua = "Snacks.bufdelete()"; plugin = "snacks"; desc = "Close"; }
    { key = "<leader>bD"; cmd = "bdelete"; desc = "Close, and its window"; }
    { key = "<leader>ba"; lua = "Snacks.bufdelete.all()"; plugin = "snacks"; desc = "Close all"; }
    { key = "<leader>bo"; cmd = "BufferLineCloseOthers"; plugin = "bufferline"; desc = "Close the others"; }
    { key = "<leader>bl"; cmd = "BufferLineCloseLeft"; plugin = "bufferline"; desc = "Close those to the left"; }
    { key = "<leader>br"; cmd = "BufferLineCloseRight"; plugin = "bufferline"; desc = "Close those to the right"; }
    { key = "<leader>bp"; cmd = "BufferLineTogglePin"; plugin = "bufferline"; desc = "Pin, or no longer"; }
    { key = "<leader>bP"; cmd = "BufferLineGroupClose ungrouped"; plugin = "bufferline"; desc = "Close those not pinned"; }
    { key = "<leader>bs"; cmd = "BufferLinePick"; plugin = "bufferline"; desc = "Pick by letter"; }
    { key = "<leader>b["; cmd = "BufferLineMovePrev"; plugin = "bufferline"; desc = "Move to the left"; }
    { key = "<leader>b]"; cmd = "BufferLineMoveNext"; plugin = "bufferline"; desc = "Move to the right"; }
  ];
}
