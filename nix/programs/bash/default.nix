# What an interactive bash of Konductor reads.
{ pkgs, facts, ... }:
let
  inputrc = pkgs.writeText "konductor-inputrc" (builtins.readFile ./inputrc);
  rc = { commands ? null }: pkgs.writeText "konductor-bashrc" (import ./rc.nix {
    inherit (facts) aliases env;
    inherit commands inputrc;
    completion = "${pkgs.bash-completion}/share/bash-completion/bash_completion";
  });
in
{
  # `inputrc` for readline. `rc` gives a file to source, silent and without effect where bash is not interactive; with
  # `commands` only the aliases and set-ups of these programs are in it, and each is still left out where its program is not
  # found.
  inherit inputrc rc;
  # For `bash --rcfile`, in panes of tmux and terminals of Neovim: the user's own file, as bash would read it, then ours.
  paneRc = pkgs.writeText "konductor-pane-bashrc" ''
    if [[ -r ~/.bashrc ]]; then
      source ~/.bashrc
    fi
    source ${rc { }}
  '';
}
