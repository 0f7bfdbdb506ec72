{
  description = "Stand-in for home-manager: it only takes the modules";
  outputs = _: { lib.homeManagerConfiguration = configuration: configuration; };
}
