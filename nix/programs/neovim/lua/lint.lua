do
  local lint = require("lint")
  vim.api.nvim_create_autocmd({ "BufWritePost", "BufReadPost", "InsertLeave" }, {
    group = vim.api.nvim_create_augroup("konductor_lint", { clear = true }),
    callback = function(event)
      -- Terminals, explorers and the like are no files.
      if vim.bo[event.buf].buftype ~= "" then
        return
      end
      lint.try_lint(nil, { ignore_errors = true })
      if vim.api.nvim_buf_get_name(event.buf):match("/%.github/workflows/[^/]+%.ya?ml$") then
        lint.try_lint("actionlint", { ignore_errors = true })
      end
    end,
  })
end
