# Every version that Konductor promises, once. `attr` is a name in nixpkgs, `display` what a person reads.
# flake.nix cannot import: a test holds the branches of its inputs equal to `nixos.branch`.
{
  nixos = {
    release = "25.11";
    stateVersion = "25.11";
    branch = "nixos-25.11";
  };
  python = {
    attr = "python312";
    display = "3.12";
  };
  go = {
    attr = "go_1_24";
    display = "1.24";
  };
  node = {
    attr = "nodejs_22";
    display = "22";
  };
  # By rust-overlay: `rust-bin.stable.VERSION`.
  rust = {
    version = "1.82.0";
    display = "1.82.0";
  };
  # The oldest Nix whose flakes work as used here, and the Lix that `k setup:nix` installs.
  nix.minimum = "2.24.0";
  lix.version = "2.95.2";
}
