# buildImage and buildLayer check their argument names and keep what they were given under .image
{ pkgs }:
let
  imageJson = a: pkgs.writeText "image-${baseNameOf a.name}.json" (builtins.toJSON { inherit (a) name; config = a.config or { }; });
  buildLayer =
    { deps ? [ ]
    , copyToRoot ? null
    , reproducible ? true
    , metadata ? { }
    , layers ? [ ]
    , ignore ? null
    , maxLayers ? 1
    , perms ? [ ]
    }@a:
    pkgs.emptyDirectory // { layer = a; nestedLayers = layers; };
  buildImage =
    { name
    , tag ? null
    , config ? { }
    , arch ? null
    , created ? null
    , copyToRoot ? [ ]
    , fromImage ? null
    , layers ? [ ]
    , maxLayers ? 1
    , perms ? [ ]
    , initializeNixDatabase ? false
    , nixUid ? 0
    , nixGid ? 0
    , meta ? { }
    }@a:
    (imageJson a).overrideAttrs (_: { inherit copyToRoot; layerPaths = map (l: l.outPath) layers; }) // {
      image = a;
      imageName = name;
      imageTag = tag;
      copyToDockerDaemon = pkgs.writeShellScriptBin "copy-to-docker-daemon" "echo copy ${name}";
      copyToRegistry = pkgs.writeShellScriptBin "copy-to-registry" "echo push ${name}";
      copyToPodman = pkgs.writeShellScriptBin "copy-to-podman" "echo copy ${name}";
      copyTo = pkgs.writeShellScriptBin "copy-to" "echo copy ${name}";
    };
in
{
  nix2container = { inherit buildImage buildLayer; pullImage = _: pkgs.emptyDirectory; };
  nix2container-bin = pkgs.emptyDirectory;
  skopeo-nix2container = pkgs.skopeo;
}
