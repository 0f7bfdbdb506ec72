# What configurations of one class come to, as data. `cases` are modules by name; each is tried, so that one that fails
# takes no other with it.
{ lib, class, pkgs, module, cases }:
let
  moduleSystem = import ./module-system.nix { inherit lib; };
  hosts = import ./hosts.nix { inherit (moduleSystem) lib; };

  report = case:
    let
      made = moduleSystem.evaluate { inherit class pkgs; modules = [ hosts.${class} module case ]; };
      inherit (made) config;
      git = config.programs.git or { };
      isHome = class == "homeManager";
      packages = if isHome then config.home.packages else config.environment.systemPackages;
      ours = lib.findFirst (package: package.name == "konductor") null packages;
    in
    {
      inherit (config) warnings;
      copies = lib.count (package: package.name == "konductor") packages;
      packages = if ours == null then [ ] else map (package: package.name) ours.paths;
      programs = if ours == null then [ ] else map (package: package.meta.mainProgram or "") ours.paths;
      wrapped = if ours == null then [ ] else map (package: package ? unwrapped) ours.paths;
      priority = ours.meta.priority or null;
      variables = if isHome then config.home.sessionVariables else config.environment.variables;
      aliases = (if isHome then config.home else config.environment).shellAliases;
      etc = lib.mapAttrs (_: file: file.text) (config.environment.etc or { });
      shells = removeAttrs config.programs [ "git" "neovim" "tmux" "starship" ];
      git = {
        enable = git.enable or false;
        package = git.package.name or git.package or null;
      };
      templateDir = (git.config or git.iniContent or { }).init.templateDir or config.environment.etc.gitconfig.text or null;
    };
in
lib.mapAttrs (_: report) cases
