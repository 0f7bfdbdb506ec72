{
  description = "Reproducible development environments, and k, the task system that drives them";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-25.11";
    systems.url = "github:nix-systems/default";
    flake-parts = {
      url = "github:hercules-ci/flake-parts";
      inputs.nixpkgs-lib.follows = "nixpkgs";
    };
    rust-overlay = {
      url = "github:oxalica/rust-overlay";
      inputs.nixpkgs.follows = "nixpkgs";
    };
    nix2container = {
      url = "github:nlewo/nix2container";
      inputs.nixpkgs.follows = "nixpkgs";
    };
    nixvim = {
      url = "github:nix-community/nixvim/nixos-25.11";
      inputs = {
        nixpkgs.follows = "nixpkgs";
        flake-parts.follows = "flake-parts";
        systems.follows = "systems";
        nuschtosSearch.follows = "";
      };
    };
  };

  outputs = inputs: inputs.flake-parts.lib.mkFlake { inherit inputs; } {
    systems = import inputs.systems;
    imports = [
      ./nix/flake/pkgs.nix
      ./nix/flake/konductor.nix
      ./nix/flake/dev-shells.nix
      ./nix/flake/packages.nix
      ./nix/flake/programs.nix
      ./nix/flake/apps.nix
      ./nix/flake/checks.nix
      ./nix/flake/formatter.nix
      ./nix/flake/overlays.nix
      ./nix/flake/templates.nix
      ./nix/flake/lib.nix
      ./nix/flake/oci.nix
      ./nix/flake/vm.nix
      ./nix/flake/modules.nix
    ];
  };
}
