vim.opt.clipboard = "unnamedplus"
do
  local desktop = vim.env.WAYLAND_DISPLAY or vim.env.DISPLAY or vim.fn.has("mac") == 1
  if vim.env.SSH_TTY or not desktop then
    local osc52 = require("vim.ui.clipboard.osc52")
    local function last_copied()
      return { vim.split(vim.fn.getreg(""), "\n"), vim.fn.getregtype("") }
    end
    vim.g.clipboard = {
      name = "OSC 52",
      copy = { ["+"] = osc52.copy("+"), ["*"] = osc52.copy("*") },
      paste = { ["+"] = last_copied, ["*"] = last_copied },
    }
  end
end
