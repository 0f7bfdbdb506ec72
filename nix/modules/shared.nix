# From the options to what all three kinds of configurations set. The adapters only say where each part goes.
{ config, lib, pkgs, konductor }:
let
  inherit (lib) optional optionals;
  cfg = config.konductor;
  inherit (konductor) facts programs sets;

  # Programs that carry a configuration for daily work come by their own options. Only what can be in a set is compared
  # with it: to look at Neovim means to evaluate all of it.
  without = names: lib.subtractLists (map (name: programs.${name}.package) names);

  # Sets core and system are the machine's own business: GNU programs in the place of those of macOS, or a `su` that is
  # not setuid, would be in the way of everything else.
  chosen = without [ "git" "ssh" "starship" ] (sets.linters ++ sets.formatters ++ sets.hooks ++ sets.cli ++ sets.network)
    ++ optionals cfg.enablePython sets.python
    ++ optionals cfg.enableGo sets.go
    ++ optionals cfg.enableNode sets.node
    ++ optionals cfg.enableRust sets.rust
    ++ optionals cfg.enableAI sets.ai
    ++ optionals cfg.enableDevOps sets.devops
    ++ optionals cfg.enableIDE (without [ "neovim" "tmux" ] sets.ide);
  byConfiguration = lib.partition (package: package ? unwrapped) chosen;
in
rec {
  # Where a path is in two packages the first one wins: a tool on its configuration comes before a bare copy of it that
  # a language brings, as Rust brings rustfmt.
  packages = [ cfg.package git ]
    ++ optional cfg.neovim.enable cfg.neovim.package
    ++ optional cfg.tmux.enable cfg.tmux.package
    ++ optional cfg.starship.enable cfg.starship.package
    ++ byConfiguration.right
    ++ byConfiguration.wrong;

  git = if cfg.git.enable then cfg.git.package else pkgs.git;

  # One package, so that no two of them can collide in a profile, nor one of them with the user's own: those come first.
  # The priority lies between that (5) and what NixOS brings unasked (8).
  environment = pkgs.buildEnv {
    name = "konductor";
    paths = packages;
    pathsToLink = [ "/bin" "/share" ];
    ignoreCollisions = true;
    meta = {
      inherit (facts.meta) description;
      priority = 7;
    };
  };

  commands = map (package: package.meta.mainProgram or (lib.getName package)) packages;
  installed = lib.filter (entry: lib.elem entry.program commands);

  # Above what a system sets where nobody says anything (1000), below what a user sets (100).
  ours = lib.mapAttrs (_: lib.mkOverride 900);
  variables = ours (lib.listToAttrs (installed facts.env.programs));
  aliases = ours (lib.optionalAttrs cfg.bash.enable
    (lib.listToAttrs (map (alias: lib.nameValuePair alias.name alias.command) (installed facts.aliases))));

  # Aliases go where those of the user are; the rest of bash is a file.
  bashInit = ''
    . ${programs.bash.rc { commands = lib.subtractLists (map (alias: alias.program) facts.aliases) commands; }}
  '';

  # In bash the file above does it, where it is read.
  starshipInit = shell: ''
    if [[ $TERM != dumb ]]; then
      eval "$(${lib.getExe' cfg.starship.package "starship"} init ${shell})"
    fi
  '';
  starshipFish = ''
    if test "$TERM" != dumb
      ${lib.getExe' cfg.starship.package "starship"} init fish | source
    end
  '';
  starshipInBash = cfg.starship.enable && !cfg.bash.enable;

  gitTemplate = pkgs.callPackage ./git-template.nix { k = cfg.package; };
  templateDir = "${cfg.hooks.package}";

  # With both on, which one a user gets would depend on the order in PATH.
  warnings = map
    (name: "konductor.${name}.enable and programs.${name}.enable are both set, and each brings ${name}: turn one of them off")
    (lib.filter (name: cfg.${name}.enable && config.programs.${name}.enable or false) [ "neovim" "tmux" "starship" ]);
}
