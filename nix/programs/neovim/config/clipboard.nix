# The system's clipboard for all that is copied. On Linux by the desktop's program where there is a desktop, on macOS by
# its own. Over ssh, or on a bare terminal, by OSC 52: the terminal takes what is copied, through tmux too; it is not asked
# what it holds, since many never answer.
{ pkgs, lib, ... }:
{
  extraPackages = lib.optionals pkgs.stdenv.hostPlatform.isLinux [ pkgs.wl-clipboard pkgs.xclip ];
  extraConfigLuaPre = lib.mkBefore (builtins.readFile ../lua/clipboard.lua);
}
