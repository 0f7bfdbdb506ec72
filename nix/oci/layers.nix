# Groups of packages to layers of the image, each without what is in those before: a change of one group leaves the
# layers below it as they were. Docker's limit is 127 layers, of which a derived image needs some.
{ nix2container, groups, perGroup ? 15 }:
builtins.foldl'
  (before: { name, packages }: before ++ [
    # nix2container adds the layers of a layer by itself, and again for each that names them; here all are named.
    (nix2container.buildLayer
      {
        deps = packages;
        layers = before;
        maxLayers = perGroup;
        metadata = { created_by = "konductor ${name}"; };
      } // { nestedLayers = [ ]; })
  ]) [ ]
  groups
