# What ./report.nix tells, by the real module systems: `trees` are nixpkgs, home-manager and nix-darwin. The machine
# around the module is the smallest that each accepts. `build` is its whole derivation, `checks` what must be true.
{ trees, class, module, cases, system ? { nixos = "x86_64-linux"; homeManager = "x86_64-linux"; darwin = "aarch64-darwin"; }.${class} }:
let
  lib = import (trees.nixpkgs + "/lib");
  # That of the trees of nix-darwin and home-manager; nixpkgs' own may be newer, which both would refuse.
  inherit ((import ../../../nix/lib/versions.nix).nixos) stateVersion;

  evaluate = {
    nixos = modules: import (trees.nixpkgs + "/nixos/lib/eval-config.nix") {
      system = null;
      modules = modules ++ [
        {
          nixpkgs.hostPlatform = system;
          boot.loader.grub.enable = false;
          fileSystems."/" = { device = "/dev/vda"; fsType = "ext4"; };
          system = { inherit stateVersion; };
          # Without what this tree may lack.
          documentation.enable = false;
        }
      ];
    };
    homeManager = modules: import (trees.home-manager + "/modules") {
      pkgs = import trees.nixpkgs { inherit system; };
      configuration = {
        imports = modules;
        home = {
          username = "someone";
          homeDirectory = if lib.hasSuffix "darwin" system then "/Users/someone" else "/home/someone";
          inherit stateVersion;
          enableNixpkgsReleaseCheck = false;
        };
      };
    };
    darwin = modules: import (trees.nix-darwin + "/eval-config.nix") {
      inherit lib;
      enableNixpkgsReleaseCheck = false;
      modules = modules ++ [
        {
          nixpkgs.source = trees.nixpkgs;
          nixpkgs.hostPlatform = system;
          system = {
            stateVersion = 6;
            checks.verifyNixPath = false;
            darwinVersionSuffix = "";
            darwinRevision = null;
            # It evaluates a second system, with the check of releases that is off here.
            tools.darwin-uninstaller.enable = false;
          };
          documentation.enable = false;
        }
      ];
    };
  }.${class};

  report = case:
    let
      made = evaluate [ module case ];
      inherit (made) config;
      isHome = class == "homeManager";
      packages = if isHome then config.home.packages else config.environment.systemPackages;
      ours = lib.filter (package: package.name or "" == "konductor") packages;
      shown = value: if lib.isList value then lib.concatMapStringsSep ":" toString value else if value == null then null else toString value;
      git = config.programs.git or { };
    in
    {
      copies = builtins.length ours;
      priority = lib.concatMap (package: [ package.meta.priority ]) ours;
      variables = lib.mapAttrs (_: shown) (if isHome then config.home.sessionVariables else config.environment.variables);
      aliases = lib.mapAttrs (_: shown) (if isHome then config.home else config.environment).shellAliases;
      inherit (config) warnings;
      failed = map (one: one.message) (lib.filter (one: !one.assertion) config.assertions);
      git = {
        enable = git.enable or false;
        package = git.package.name or null;
        templateDir =
          if class == "nixos" then map (part: part.init.templateDir or null) git.config
          else if class == "homeManager" then [ (git.iniContent.init.templateDir or null) ]
          else [ (config.environment.etc.gitconfig.text or null) ];
      };
      bash = if isHome then config.programs.bash.bashrcExtra + config.programs.bash.initExtra else config.programs.bash.interactiveShellInit;
      zsh = if isHome then config.programs.zsh.initContent else config.programs.zsh.promptInit;
      fish = config.programs.fish.interactiveShellInit;
      build = (if isHome then made.activationPackage else config.system.build.toplevel).drvPath;
    };
in
lib.mapAttrs (_: report) cases
