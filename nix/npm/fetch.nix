# A package as the npm registry has it, by the hash of bun.lock. npm itself fetches it, since it knows where the registry
# is, and takes the mirror that NPM_CONFIG_REGISTRY names; whatever answers, the hash decides.
{ pkgs, lib }:
{ name, version, hash, ... }:
pkgs.stdenvNoCC.mkDerivation {
  name = "${lib.replaceStrings [ "@" "/" ] [ "" "-" ] name}-${version}.tgz";
  outputHash = hash;
  outputHashMode = "flat";
  impureEnvVars = lib.fetchers.proxyImpureEnvVars ++ [ "NPM_CONFIG_REGISTRY" "NIX_SSL_CERT_FILE" ];
  preferLocalBuild = true;
  nativeBuildInputs = [ pkgs.nodejs ];
  dontUnpack = true;
  dontFixup = true;
  installPhase = ''
    export HOME=$TMPDIR NODE_EXTRA_CA_CERTS=''${NIX_SSL_CERT_FILE:-${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt}
    npm pack --silent --ignore-scripts ${lib.escapeShellArg "${name}@${version}"}
    mv ./*.tgz "$out"
  '';
}
