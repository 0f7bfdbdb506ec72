# Where the host has no certificates in the place that OpenSSL looks into, and names none, those of Nix count.
{ pkgs }:
''
  if [[ -z "''${NIX_SSL_CERT_FILE-}''${SSL_CERT_FILE-}" && ! -e /etc/ssl/certs/ca-certificates.crt ]]; then
    export NIX_SSL_CERT_FILE=${pkgs.cacert}/etc/ssl/certs/ca-bundle.crt
  fi
''
