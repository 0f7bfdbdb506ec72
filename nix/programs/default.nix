# The programs that people work in, each `{ package; … }` with its configuration inside.
{ pkgs, lib, facts, tools, inputs }:
let
  args = { inherit pkgs lib facts tools inputs; };
  bash = import ./bash args;
  git = import ./git args;
in
{
  inherit bash git;
  ssh = import ./ssh args;
  starship = import ./starship args;
  tmux = import ./tmux (args // { inherit bash; });
  neovim = import ./neovim (args // { inherit bash git; });
}
