# Programs of the machine, what shells set, and the way of an ssh session into the development shell.
{ facts, konductor, texts, ... }: { config, lib, pkgs, ... }:
let
  cfg = config.konductor.vm;
  inherit (konductor) sets programs packages;
  inherit (facts) env;

  # The image is given to others.
  ours = builtins.filter (package: !(package.meta.unfree or false));
  of = set: name: lib.optional (set ? ${name}) set.${name};
  everything = lib.concatLists (lib.attrValues (removeAttrs sets [ "ai" "ci" ]));
  editors = map (program: program.package) (of programs "neovim" ++ of programs "tmux");

  commands = lib.unique (map (package: package.meta.mainProgram or (lib.getName package)) cfg.packages);
  present = lib.filter ({ program, ... }: lib.elem program commands) env.programs;

  shell = pkgs.runCommand "konductor-shell" { } ''
    mkdir -p $out/bin
    cp ${../shell.sh} $out/bin/konductor-shell
    chmod +x $out/bin/konductor-shell
    patchShebangs $out/bin
  '';
  defaultShell = import ../default-shell.nix { inherit pkgs; shell = konductor.shells.default; };
in
{
  konductor.vm.packages = lib.mkDefault (ours (everything ++ editors ++ of packages "k"));
  environment.systemPackages = cfg.packages ++ lib.optional cfg.enterShell shell;
  programs.git.enable = lib.mkDefault true;

  environment.variables = lib.mapAttrs (_: lib.mkOverride 900)
    (removeAttrs env.base [ "LANG" ] // lib.listToAttrs (map ({ name, value, ... }: { inherit name value; }) present));
  i18n.defaultLocale = lib.mkDefault env.base.LANG;

  # cloud-init writes proxies and the like where logins read them.
  environment.loginShellInit = texts.login;
  programs.bash.interactiveShellInit = lib.mkMerge [
    (lib.mkIf (programs ? bash) ''
      export INPUTRC=''${INPUTRC:-${programs.bash.inputrc}}
      source ${programs.bash.rc { inherit commands; }}
    '')
    (lib.mkIf cfg.enterShell (lib.mkAfter (texts.enterShell "KONDUCTOR_DEFAULT_SHELL=${defaultShell} konductor-shell")))
  ];

  # No folder is trusted by itself: `direnv allow` asks.
  programs.direnv = {
    enable = lib.mkDefault true;
    nix-direnv.enable = lib.mkDefault true;
  };
}
