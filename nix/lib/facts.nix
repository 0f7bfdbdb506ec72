# All facts as one value. `k nix:facts` writes it to nix/facts.json, which `k` reads without Nix.
{
  versions = import ./versions.nix;
  users = import ./users.nix;
  env = import ./env.nix;
  aliases = import ./aliases.nix;
  meta = import ./meta.nix;
  shells = import ./shells.nix;
}
