# `k` as one binary, compiled by the Bun that bun.lock pins, with its home beside it: docs/build.md says what that is.
{ pkgs, lib, facts, npm }:
let
  root = ../..;
  manifest = lib.importJSON (root + "/package.json");
  src = lib.fileset.toSource {
    inherit root;
    fileset = lib.fileset.unions (map (path: root + "/${path}") [
      "bin"
      "lib"
      "tasks"
      "hooks"
      "nix/config"
      "nix/facts.json"
      "nix/tools.json"
      "bun.lock"
      "bunfig.toml"
      "package.json"
      "tsconfig.json"
    ]);
  };
in
pkgs.stdenvNoCC.mkDerivation {
  pname = "k";
  inherit (manifest) version;
  inherit src;

  buildPhase = ''
    runHook preBuild
    export HOME=$PWD/.home
    ln -s ${npm.modules}/node_modules node_modules
    ${npm.bun}/bin/bun --no-install --no-env-file bin/k build --out "$out/libexec/k" --package-home ../share/k
    runHook postBuild
  '';

  installPhase = ''
    runHook preInstall
    mkdir -p "$out/bin" "$out/share/k/nix"
    ln -s ../libexec/k "$out/bin/k"
    # It runs the linters that are libraries.
    ln -s ${npm.bun}/bin/bun "$out/libexec/bun"
    cp -r lib tasks hooks package.json bun.lock "$out/share/k/"
    cp -r nix/config "$out/share/k/nix/"
    ln -s ${npm.modules}/node_modules "$out/share/k/node_modules"

    export XDG_CACHE_HOME=$PWD/.home
    mkdir -p "$out/share/bash-completion/completions" "$out/share/zsh/site-functions" "$out/share/fish/vendor_completions.d"
    "$out/bin/k" completions bash > "$out/share/bash-completion/completions/k"
    "$out/bin/k" completions zsh > "$out/share/zsh/site-functions/_k"
    "$out/bin/k" completions fish > "$out/share/fish/vendor_completions.d/k.fish"
    runHook postInstall
  '';

  # What makes it k stands behind the end of the program: stripped, it is only Bun. Nor may its loader change.
  dontStrip = true;
  dontPatchELF = true;
  dontPatchShebangs = true;

  doInstallCheck = true;
  installCheckPhase = ''
    runHook preInstallCheck
    said=$("$out/bin/k" --version)
    case $said in
      "k ${manifest.version}"*) ;;
      *)
        echo "what was built is not k: it says $said" >&2
        exit 1
        ;;
    esac
    runHook postInstallCheck
  '';

  meta = {
    inherit (facts.meta) description homepage;
    license = lib.licenses.mit;
    mainProgram = "k";
    platforms = lib.platforms.unix;
  };
}
