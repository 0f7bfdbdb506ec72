do
  local group = vim.api.nvim_create_augroup("konductor", { clear = true })
  local function on(events, callback, pattern)
    vim.api.nvim_create_autocmd(events, { group = group, pattern = pattern, callback = callback })
  end

  on("TextYankPost", function()
    vim.hl.on_yank()
  end)

  on({ "FocusGained", "TermClose", "TermLeave" }, function()
    if vim.o.buftype ~= "nofile" then
      vim.cmd.checktime()
    end
  end)

  on("VimResized", function()
    local tab = vim.fn.tabpagenr()
    vim.cmd("tabdo wincmd =")
    vim.cmd.tabnext(tab)
  end)

  -- Where one was in the file, unless its first line is what one writes anew each time.
  on("BufWinEnter", function(event)
    if vim.bo[event.buf].filetype == "gitcommit" or vim.bo[event.buf].buftype ~= "" or vim.b[event.buf].konductor_restored then
      return
    end
    vim.b[event.buf].konductor_restored = true
    local mark = vim.api.nvim_buf_get_mark(event.buf, '"')
    if mark[1] > 0 and mark[1] <= vim.api.nvim_buf_line_count(event.buf) then
      pcall(vim.api.nvim_win_set_cursor, 0, mark)
    end
  end)

  -- A folder that is not there yet is made when its file is saved.
  on("BufWritePre", function(event)
    if not event.match:match("^%w%w+:[\\/][\\/]") then
      vim.fn.mkdir(vim.fn.fnamemodify(vim.uv.fs_realpath(event.match) or event.match, ":p:h"), "p")
    end
  end)

  on("FileType", function(event)
    vim.bo[event.buf].buflisted = false
    vim.keymap.set("n", "q", "<cmd>close<cr>", { buffer = event.buf, silent = true, desc = "Close" })
  end, { "checkhealth", "gitsigns-blame", "help", "lspinfo", "man", "notify", "qf", "startuptime" })

  on("FileType", function()
    vim.opt_local.wrap = true
    vim.opt_local.spell = true
  end, { "gitcommit", "markdown", "text" })

  on("FileType", function()
    vim.opt_local.conceallevel = 0
  end, { "json", "jsonc" })

  on("FileType", function()
    vim.opt_local.expandtab = false
    vim.opt_local.shiftwidth = 4
    vim.opt_local.tabstop = 4
  end, { "go", "gomod", "make" })

  on("FileType", function()
    vim.opt_local.shiftwidth = 4
    vim.opt_local.tabstop = 4
    vim.opt_local.softtabstop = 4
  end, { "python", "rust", "sh", "bash" })

  on("TermOpen", function()
    vim.opt_local.number = false
    vim.opt_local.relativenumber = false
    vim.opt_local.signcolumn = "no"
    vim.opt_local.spell = false
  end)
end
