# Packages that are made here; nix/flake/programs.nix has those of nix/programs.
_:
{ }
