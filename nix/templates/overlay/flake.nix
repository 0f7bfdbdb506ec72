{
  description = "A project on its own nixpkgs, with Konductor's tools in it";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
    konductor = {
      url = "github:braincraftio/konductor";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs = { nixpkgs, konductor, ... }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "aarch64-darwin" "x86_64-darwin" ];
      pkgsOf = system: import nixpkgs {
        inherit system;
        overlays = [ konductor.overlays.default ];
        # Which packages that are not free Konductor asks for, by name; your own come beside them.
        config = konductor.lib.nixpkgsConfig;
      };
    in
    {
      devShells = nixpkgs.lib.genAttrs systems (system:
        let
          pkgs = pkgsOf system;
        in
        {
          default = pkgs.mkShell {
            packages = [
              pkgs.konductor.packages.k
              pkgs.konductor.tools.ruff
              pkgs.konductor.pinned.rust
              pkgs.just
            ];
          };
        });
    };
}
