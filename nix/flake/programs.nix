# `nix run konductor#nvim` and `#tmux`.
{
  perSystem = { config, lib, ... }:
    let
      inherit (config.legacyPackages.konductor) programs;
      exported = {
        nvim = programs.neovim.package;
        tmux = programs.tmux.package;
      };
    in
    {
      packages = exported;
      checks.nvim = programs.neovim.walk;
      apps = lib.mapAttrs
        (name: package: {
          type = "app";
          program = "${package}/bin/${name}";
          meta.description = "${name}, with Konductor's configuration";
        })
        exported;
    };
}
