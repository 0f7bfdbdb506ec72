# Programs of the machine, what shells set, and the way of an ssh session into the development shell.
{ facts, konductor, texts, ... }: { config, lib, pkgs, ... }:
let
  cfg = config.konductor.vm;
  inherit (konductor) sets programs packages;
  inherit (facts) env;

  commands = import ../../lib/commands.nix lib cfg.packages;
  present = lib.filter ({ program, ... }: lib.elem program commands) env.programs;

  shell = pkgs.runCommand "konductor-shell" { } ''
    mkdir -p $out/bin
    cp ${../shell.sh} $out/bin/konductor-shell
    chmod +x $out/bin/konductor-shell
    patchShebangs $out/bin
  '';
  defaultShell = import ../default-shell.nix { inherit pkgs konductor; };
in
{
  # What the shell `konductor` is made of; `su` and its like are the system's own.
  konductor.vm.packages = lib.mkDefault (import ../../lib/free.nix (
    [ packages.k programs.neovim.package programs.tmux.package pkgs.stdenv.cc ]
    ++ lib.concatMap (name: sets.${name})
      [ "core" "network" "cli" "linters" "formatters" "hooks" "ide" "python" "go" "node" "rust" "selfHosting" ]
  ));
  environment.systemPackages = cfg.packages ++ lib.optional cfg.enterShell shell;

  environment.variables = lib.mapAttrs (_: lib.mkOverride 900)
    (removeAttrs env.base [ "LANG" ] // lib.listToAttrs (map ({ name, value, ... }: { inherit name value; }) present));
  i18n.defaultLocale = lib.mkDefault env.base.LANG;

  # cloud-init writes proxies and the like where logins read them.
  environment.loginShellInit = texts.login;
  programs.bash.interactiveShellInit = lib.mkMerge [
    # Behind what NixOS sets, whose aliases have the same names.
    (lib.mkAfter "source ${programs.bash.rc { inherit commands; }}\n")
    (lib.mkIf cfg.enterShell (lib.mkOrder 2000 (texts.enterShell "KONDUCTOR_DEFAULT_SHELL=${defaultShell} ${shell}/bin/konductor-shell")))
  ];

  # No folder is trusted by itself: `direnv allow` asks.
  programs.direnv = {
    enable = lib.mkDefault true;
    nix-direnv.enable = lib.mkDefault true;
    # The file above has its hook, at the end, where it belongs.
    enableBashIntegration = lib.mkDefault false;
  };
}
