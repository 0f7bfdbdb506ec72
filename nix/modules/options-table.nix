# The options as data for docs/modules.md, in their order of reading: `nix-instantiate --eval --strict --json`. It stands
# in for the few words of nixpkgs' lib that ./options.nix uses, so that no nixpkgs is needed.
let
  lib = {
    mkOption = option: option // { isOption = true; };
    literalExpression = text: { inherit text; };
    types = {
      bool = "boolean";
      package = "package";
    };
  };
  konductor.facts = import ../lib/facts.nix;
  shown = value: value.text or (builtins.toJSON value);
  row = name: option: {
    inherit name;
    inherit (option) type description;
    default = shown (option.defaultText or option.default);
    example = shown option.example;
  };
  rows = prefix: value:
    if value ? isOption then [ (row prefix value) ]
    else builtins.concatMap (name: rows "${prefix}.${name}" value.${name}) (builtins.attrNames value);
in
rows "konductor" (import ./options.nix {
  inherit lib konductor;
  gitTemplate = throw "is not shown";
})
