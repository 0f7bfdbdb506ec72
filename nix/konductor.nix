# All of Konductor for one instance of nixpkgs, which has rust-overlay in it. Outputs, modules and images take their
# parts from here; what is made of a part is asked for by name and made once.
{ pkgs, inputs }:
let
  inherit (pkgs) lib;
  facts = import ./lib/facts.nix;
  common = { inherit pkgs lib facts inputs; };

  pinned = import ./pinned.nix { inherit pkgs lib facts; };
  npm = import ./npm { inherit pkgs lib; };
  tools = import ./tools { inherit pkgs lib npm pinned; };
  programs = import ./programs (common // { inherit tools; });
  packages = import ./packages { inherit pkgs lib facts npm; };
  sets = import ./sets { inherit pkgs lib npm pinned tools programs; };
  shells = import ./shells { inherit pkgs lib facts sets packages programs; };
in
{
  # With `pkgs`, so that what a consumer adds is of the same nixpkgs.
  inherit pkgs facts pinned tools programs packages sets;
  inherit (shells) shells;
  # For consumers: shells of Konductor's layers and their own.
  lib = { inherit (shells) mkShell; };
}
