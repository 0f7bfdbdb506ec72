{
  perSystem = { config, ... }: {
    packages = config.legacyPackages.konductor.packages;
  };
}
