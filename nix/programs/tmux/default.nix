# tmux with its configuration, and tmuxp, which starts that tmux.
{ pkgs, lib, bash, ... }:
let
  wrap = import ../wrap.nix { inherit pkgs lib; };
  keys = import ./keys.nix;
  isLinux = pkgs.stdenv.hostPlatform.isLinux;
  # tmux runs it with the environment of the server's start, so what it needs is found without PATH.
  clipboardPath = lib.makeBinPath ([ pkgs.coreutils ] ++ lib.optionals isLinux [ pkgs.wl-clipboard pkgs.xclip ]);
  clipboard = pkgs.writeShellScript "konductor-clipboard" ''
    PATH=${clipboardPath}:''${PATH:-/usr/bin:/bin}
    ${import ./clipboard.nix}
  '';
  bashProgram = "${pkgs.bashInteractive}/bin/bash";
  configFile = pkgs.writeText "konductor-tmux.conf" (import ./conf.nix {
    inherit keys;
    clipboard = "${clipboard}";
    theme = import ../theme.nix;
    plugins = lib.listToAttrs
      (map (row: lib.nameValuePair row.package pkgs.tmuxPlugins.${row.package}.rtp) keys.plugins);
    bash = bashProgram;
    shell = "exec ${bashProgram} --rcfile ${bash.paneRc} -i";
  });
  tmux = import ./script.nix {
    real = "${pkgs.tmux}/bin/tmux";
    inherit configFile;
    path = lib.makeBinPath ([ pkgs.tmux pkgs.bashInteractive pkgs.coreutils pkgs.gnugrep pkgs.gnused pkgs.gawk ]
      ++ lib.optional isLinux pkgs.procps);
  };
  # Only its program: the package would bring its Python's into the shell.
  tmuxp = pkgs.writeShellScriptBin "tmuxp" ''
    PATH=${pkgs.writeShellScriptBin "tmux" tmux}/bin:$PATH exec ${pkgs.tmuxp}/bin/tmuxp "$@"
  '';
in
{
  inherit configFile keys;
  package = wrap {
    package = pkgs.tmux;
    mainProgram = "tmux";
    beside = [ tmuxp ];
    programs.tmux = tmux;
    passthru = { inherit configFile; };
  };
}
