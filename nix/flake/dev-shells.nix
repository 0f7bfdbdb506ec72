{
  perSystem = { config, ... }: {
    devShells = config.legacyPackages.konductor.shells;
  };
}
