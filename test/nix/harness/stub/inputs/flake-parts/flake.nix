{
  description = "Stand-in for flake-parts: same words, no option types";

  inputs.nixpkgs-lib.url = "path:../nixpkgs";

  outputs = { nixpkgs-lib, ... }: {
    lib = import ./lib.nix { inherit (nixpkgs-lib) lib; };
  };
}
