-- Walks the running editor: nvim --headless -c "luafile walk.lua", with KONDUCTOR_WALK naming the data of
-- nix/programs/neovim as JSON. Loads every plugin, and ends with 1 where a key, a command, a module, a language server, a
-- formatter or a linter is not there.
local data = vim.json.decode(table.concat(vim.fn.readfile(vim.env.KONDUCTOR_WALK), "\n"))
local problems, counts = {}, {}

local function problem(...)
  table.insert(problems, string.format(...))
end

local function count(what)
  counts[what] = (counts[what] or 0) + 1
end

local function load_plugins()
  for _, name in ipairs(data.lazy) do
    local ok, fault = pcall(require("lz.n").trigger_load, name)
    if not ok then
      problem("plugin %s: %s", name, fault)
    end
    count("plugins loaded when used")
  end
end

local function is_there(expression)
  local chunk = loadstring("return " .. expression)
  local ok, value = pcall(chunk or error)
  return ok and value ~= nil
end

-- What it calls: `Snacks.a.b`, `vim.a.b`, `require("a").b`.
local function called(lua)
  local found = {}
  for _, pattern in ipairs({
    "%f[%w_](Snacks[%w_.]*)",
    "%f[%w_](vim%.[%w_.]+)%(",
    '(require%("[^"]+"%)[%w_.]*)',
  }) do
    for name in lua:gmatch(pattern) do
      table.insert(found, name)
    end
  end
  return found
end

-- What a map points at. Some plugins bring their commands with a buffer of their type.
local function walk_target(row)
  count("keys of ours")
  if row.ft then
    vim.cmd.enew()
    vim.bo.filetype = row.ft[1]
  end
  if row.cmd then
    local command = row.cmd:match("^%a+")
    if vim.fn.exists(":" .. command) ~= 2 then
      problem("%s: there is no command %s", row.key, command)
    end
  end
  for _, expression in ipairs(called(row.lua or "")) do
    if not is_there(expression) then
      problem("%s: there is no %s", row.key, expression)
    end
  end
end

-- Every map of the editor in a mode, by its keys as `keytrans()` writes them.
local function maps_of(mode)
  local found = {}
  for _, map in ipairs(vim.api.nvim_get_keymap(mode)) do
    found[vim.fn.keytrans(map.lhsraw)] = map
    local rhs = map.rhs or ""
    local plug = rhs:match("^<[Pp]lug>%b()") or rhs:match("^<[Pp]lug>[%w_-]+")
    if plug and vim.fn.maparg(plug, mode) == "" then
      problem("%s in mode %s: there is no %s", map.lhs, mode, plug)
    end
    count("maps of the editor")
  end
  return found
end

local function walk_keys(row, maps)
  local typed = row.key:gsub("<leader>", vim.g.mapleader)
  for _, mode in ipairs(row.mode or { "n" }) do
    local map = vim.fn.maparg(typed, mode, false, true)
    -- The others are of a buffer, or only where a program is.
    if not (row.program or row.ft or row.native or map.lhsraw) then
      problem("%s is not mapped in mode %s", row.key, mode)
    end
    local keys = vim.fn.keytrans(map.lhsraw or vim.keycode(typed))
    for other, longer in pairs(maps[mode]) do
      if #other > #keys and vim.startswith(other, keys) then
        problem("%s in mode %s waits for %s (%s)", row.key, mode, longer.lhs, longer.desc or "")
      end
    end
  end
end

local function walk_program(what, name, command)
  count(what)
  if type(command) == "string" and vim.fn.executable(command) ~= 1 then
    problem("%s %s: there is no program %s", what, name, command)
  end
end

local function walk_programs()
  for name in pairs(data.servers) do
    local config = vim.lsp.config[name]
    if not config or not config.cmd then
      problem("language server %s: it is not known", name)
    else
      walk_program("language servers", name, type(config.cmd) == "table" and config.cmd[1] or nil)
    end
  end
  for _, row in pairs(data.formatters) do
    local formatter = require("conform").get_formatter_config(row.formatter)
    walk_program("formatters", row.formatter, formatter and formatter.command or "(none)")
  end
  for _, row in pairs(data.linters) do
    local linter = require("lint").linters[row.linter]
    linter = type(linter) == "function" and linter() or linter
    walk_program("linters", row.linter, linter and linter.cmd or "(none)")
  end
end

local function walk()
  load_plugins()
  local maps = {}
  for _, mode in ipairs({ "n", "x", "o", "i", "t", "s" }) do
    maps[mode] = maps_of(mode)
  end
  for _, group in ipairs(data.groups) do
    for _, row in ipairs(group.maps) do
      walk_keys(row, maps)
      walk_target(row)
    end
  end
  vim.tbl_map(walk_target, data.dashboard.keys)
  walk_programs()
  if not (vim.g.colors_name or ""):match("^catppuccin") then
    problem("the colours are those of %s", vim.g.colors_name)
  end
end

local function report()
  for what, number in vim.spairs(counts) do
    io.stdout:write(("%d %s\n"):format(number, what))
  end
  table.sort(problems)
  for _, text in ipairs(problems) do
    io.stderr:write(text .. "\n")
  end
  vim.cmd(#problems == 0 and "qall!" or "cquit 1")
end

-- Plugins finish when the editor has started.
vim.api.nvim_create_autocmd("VimEnter", {
  callback = vim.schedule_wrap(function()
    local ok, fault = xpcall(walk, debug.traceback)
    if not ok then
      problem("the walk itself: %s", fault)
    end
    report()
  end),
})
