{
  description = "Stand-in for nix-darwin: it only takes the modules";
  outputs = _: { lib.darwinSystem = configuration: configuration; };
}
