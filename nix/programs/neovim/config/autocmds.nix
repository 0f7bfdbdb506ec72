# What happens by itself.
_:
{
  extraConfigLua = builtins.readFile ../lua/autocmds.lua;
}
