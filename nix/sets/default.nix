# Packages by what they are for. Shells, image, virtual machine and modules are put together from these, so a package is
# named once. What a system does not have is left out of its set.
args@{ pkgs, lib, ... }:
let
  available = lib.filter (lib.meta.availableOn pkgs.stdenv.hostPlatform);
  set = path: available (import path args);
in
{
  core = set ./core.nix;
  network = set ./network.nix;
  system = set ./system.nix;
  cli = set ./cli.nix;
  linters = set ./linters.nix;
  formatters = set ./formatters.nix;
  hooks = set ./hooks.nix;
  ide = set ./ide.nix;
  python = set ./python.nix;
  go = set ./go.nix;
  node = set ./node.nix;
  rust = set ./rust.nix;
  selfHosting = set ./self-hosting.nix;
  ci = set ./ci.nix;
  ai = set ./ai.nix;
  devops = set ./devops.nix;
}
