-- Linters of nvim-lint on Konductor's wrapped programs, when a file is opened and when it is saved. `commands` is name to
-- program.
return function(commands)
  local lint = require("lint")

  -- Made when they are first used: to load all takes time, and golangci-lint is asked for its version.
  for name, command in pairs(commands) do
    lint.linters[name] = function()
      local linter = vim.deepcopy(require("lint.linters." .. name))
      linter.cmd = command
      return linter
    end
  end

  -- nvim-lint reads what biome writes for people, which is another with each release.
  lint.linters.biomejs = function()
    local severity = vim.diagnostic.severity
    return {
      cmd = commands.biomejs,
      args = { "lint", "--reporter=github", "--colors=off" },
      stdin = false,
      ignore_exitcode = true,
      parser = require("lint.parser").from_pattern(
        "^::(%a+) title=([^,]+),file=[^,]*,line=(%d+),endLine=(%d+),col=(%d+),endColumn=(%d+)::(.*)$",
        { "severity", "code", "lnum", "end_lnum", "col", "end_col", "message" },
        { error = severity.ERROR, warning = severity.WARN, notice = severity.INFO },
        { source = "biome" }
      ),
    }
  end

  vim.api.nvim_create_autocmd({ "FileType", "BufWritePost" }, {
    group = vim.api.nvim_create_augroup("konductor_lint", { clear = true }),
    callback = function(event)
      local name = vim.api.nvim_buf_get_name(event.buf)
      -- Terminals, explorers and what has no name are no files.
      if vim.bo[event.buf].buftype ~= "" or name == "" then
        return
      end
      vim.api.nvim_buf_call(event.buf, function()
        lint.try_lint(nil, { ignore_errors = true })
        if name:match("/%.github/workflows/[^/]+%.ya?ml$") then
          lint.try_lint("actionlint", { ignore_errors = true })
        end
      end)
    end,
  })
end
