# The keymaps, as nixvim takes them. Those that depend on a program or on the type of a buffer are Lua.
{ lib, groups, rhs, luaAction, ... }:
let
  maps = lib.concatMap (group: map (row: { mode = [ "n" ]; } // row) group.maps) groups;
  ours = builtins.filter (row: !(row.native or false)) maps;
  special = row: row ? program || row ? ft;

  lua = lib.generators.toLua { };
  set = row: options: "vim.keymap.set(${lua row.mode}, ${lua row.key}, ${luaAction row}, ${options})";
  options = row: buffer: "{ desc = ${lua row.desc}, silent = true${buffer} }";
  forProgram = row: ''
    if vim.fn.executable(${lua row.program}) == 1 then
      ${set row (options row "")}
    end
  '';
  forType = row: ''
    vim.api.nvim_create_autocmd("FileType", {
      group = "konductor_keys",
      pattern = ${lua row.ft},
      callback = function(event)
        ${set row (options row ", buffer = event.buf")}
      end,
    })
  '';
in
{
  keymaps = map
    (row: {
      inherit (row) mode key;
      action = rhs row;
      options = { inherit (row) desc; silent = true; };
    })
    (builtins.filter (row: !(special row)) ours);
  extraConfigLua = ''
    vim.api.nvim_create_augroup("konductor_keys", { clear = true })
    ${lib.concatMapStrings forProgram (builtins.filter (row: row ? program) ours)}
    ${lib.concatMapStrings forType (builtins.filter (row: row ? ft) ours)}
  '';
}
