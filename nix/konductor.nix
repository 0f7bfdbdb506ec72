# All of Konductor for one instance of nixpkgs, which has rust-overlay in it. Outputs, modules and images take their
# parts from here; what is made of a part is asked for by name and made once.
{ pkgs, inputs }:
let
  inherit (pkgs) lib;
  facts = import ./lib/facts.nix;
  part = path: extra: import path ({ inherit pkgs lib facts inputs; } // extra);

  konductor = {
    inherit facts;
    npm = part ./npm { };
    tools = part ./tools { inherit (konductor) npm; };
    programs = part ./programs { inherit (konductor) tools; };
    sets = part ./sets { inherit (konductor) tools programs; };
    packages = part ./packages { inherit (konductor) npm programs; };
    shells = part ./shells { inherit (konductor) sets programs packages; };
  };
in
konductor
