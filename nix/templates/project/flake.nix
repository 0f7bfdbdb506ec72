{
  description = "A project in a shell of Konductor";

  inputs.konductor.url = "github:braincraftio/konductor";

  outputs = { konductor, ... }: {
    devShells = builtins.mapAttrs
      (_system: { konductor, ... }: {
        default = konductor.lib.mkShell {
          name = "project";
          # "base" and any of: "python" "go" "node" "rust" "ide" "versions" "selfHosting" "ci"
          layers = [ "base" "python" ];
          # Of the nixpkgs that Konductor is made with.
          extraPackages = [ konductor.pkgs.just ];
          env.PROJECT = "project";
        };
      })
      konductor.legacyPackages;

    # `nix fmt`
    inherit (konductor) formatter;
  };
}
