# The packages of bun.lock, each fetched by the hash that stands there, laid out as Bun would, and the Bun that it pins.
{ pkgs, lib }:
let
  inherit (pkgs.stdenv) hostPlatform;
  packages = import ./lock.nix { inherit lib hostPlatform; lockFile = ../../bun.lock; };

  fetch = import ./fetch.nix { inherit pkgs lib; };

  # Programs of npm are built for other Linux distributions; on macOS they run as they are.
  forNixOS = lib.optionalAttrs hostPlatform.isLinux {
    nativeBuildInputs = [ pkgs.autoPatchelfHook ];
    buildInputs = [ pkgs.stdenv.cc.cc.lib ];
  };

  ofBun = lib.findFirst (package: lib.hasPrefix "@oven/bun-" package.name)
    (throw "konductor: bun.lock has no Bun for ${hostPlatform.system}")
    packages;
in
rec {
  # $out/node_modules
  modules = pkgs.stdenvNoCC.mkDerivation ({
    name = "konductor-node-modules";
    dontUnpack = true;
    # A path and a tarball a line: a list of six hundred would not fit into the environment in another form.
    passAsFile = [ "wanted" ];
    wanted = lib.concatMapStrings (package: "${package.path} ${fetch package}\n") (lib.filter (package: package != ofBun) packages);
    installPhase = ''
      runHook preInstall
      while read -r path tarball; do
        mkdir -p "$out/node_modules/$path"
        # Whatever a package calls its folder.
        tar -xf "$tarball" -C "$out/node_modules/$path" --strip-components=1 --no-same-owner --warning=no-unknown-keyword
      done < "$wantedPath"
      chmod -R u+rwX,go+rX "$out"
      runHook postInstall
    '';
    # These are data for Bun, not programs of a user; of real programs only the loader is changed.
    dontPatchShebangs = true;
    dontStrip = true;
  } // forNixOS);

  bun = pkgs.stdenvNoCC.mkDerivation ({
    pname = "bun";
    inherit (ofBun) version;
    src = fetch ofBun;
    sourceRoot = "package";
    # What follows the program in its file is Bun's own.
    dontStrip = true;
    installPhase = ''
      runHook preInstall
      install -Dm755 bin/bun "$out/bin/bun"
      ln -s bun "$out/bin/bunx"
      runHook postInstall
    '';
    doInstallCheck = true;
    installCheckPhase = ''
      [ "$("$out/bin/bun" --version)" = "${ofBun.version}" ]
    '';
    meta = {
      description = "Bun, at the version that bun.lock pins";
      homepage = "https://bun.sh";
      license = lib.licenses.mit;
      mainProgram = "bun";
      sourceProvenance = [ lib.sourceTypes.binaryNativeCode ];
    };
  } // forNixOS);
}
