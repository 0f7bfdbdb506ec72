# Texts of the container image's /etc, from the facts; plain Nix, so that a test reads them without a nixpkgs.
{ facts, version, revision ? null, source ? null, nixpkgsRevision ? null }:
let
  inherit (builtins) attrNames concatStringsSep map toJSON;
  inherit (facts) env meta;

  exports = variables: concatStringsSep "" (map (name: "export ${name}=${toJSON variables.${name}}\n") (attrNames variables));
  to = target: id: { from = { type = "indirect"; inherit id; }; to = target; };
in
rec {
  # sudo in /usr/bin is the one that may be used, and nix there starts the daemon when there is none.
  path = "/usr/bin:/bin:/nix/var/nix/profiles/default/bin";

  certificates = "/etc/ssl/certs/ca-bundle.crt";

  # Of the image, so for every process; `commands` are the programs that are there.
  variables = commands: env.base
  // builtins.listToAttrs (builtins.filter ({ name, value }: value != null)
    (map ({ name, value, program }: { inherit name; value = if builtins.elem program commands then value else null; }) env.programs))
  // {
    PATH = path;
    SSL_CERT_FILE = certificates;
    NIX_SSL_CERT_FILE = certificates;
  };

  # POSIX sh. HOME is known here, and not when the image is made.
  profile = commands: ''
    # For login shells, and for what konductor-entrypoint runs.
    ${exports (variables commands)}export PATH="$HOME/.local/bin:$HOME/.nix-profile/bin:$PATH"
    export NIX_PROFILES="/nix/var/nix/profiles/default $HOME/.nix-profile"
    for file in /etc/profile.d/*.sh; do
        # shellcheck source=/dev/null
        [ ! -r "$file" ] || . "$file"
    done
    unset file
    if [ -n "''${BASH_VERSION-}" ]; then
        # shellcheck source=/dev/null
        . /etc/bashrc
    fi
  '';

  # bash of nixpkgs reads it when it is interactive. `rc` is the file of nix/programs/bash, which says nothing otherwise.
  bashrc = rc: ''
    # shellcheck source=/dev/null
    . ${rc}
  '';

  skeleton = {
    ".bash_profile" = ''
      # shellcheck source=/dev/null
      [[ ! -r ~/.bashrc ]] || . ~/.bashrc
    '';
    ".bashrc" = ''
      # Yours: /etc/bashrc has what Konductor sets.
    '';
  };

  # `sandbox-fallback` builds without a sandbox where the container may not make one, as in a plain `docker run`.
  nixConf = ''
    experimental-features = nix-command flakes
    build-users-group = nixbld
    sandbox = true
    sandbox-fallback = true
    trusted-users = root
    max-jobs = auto
    !include /etc/nix/nix.local.conf
  '';

  # What `konductor` and `nixpkgs` mean to Nix: the revisions that the image was made from.
  registry = toJSON {
    version = 2;
    flakes = [
      (to
        (if source != null then { type = "path"; path = source; } else { type = "github"; inherit (meta.flake) owner repo; })
        meta.flake.id)
    ] ++ (if nixpkgsRevision == null then [ ] else [
      (to { type = "github"; owner = "NixOS"; repo = "nixpkgs"; rev = nixpkgsRevision; } "nixpkgs")
    ]);
  };

  nsswitch = ''
    passwd: files
    group: files
    shadow: files
    gshadow: files
    hosts: files dns
    networks: files
    services: files
    protocols: files
  '';

  osRelease = ''
    NAME=${toJSON meta.name}
    ID=${meta.name}
    ID_LIKE=nixos
    VERSION_ID=${toJSON version}
    PRETTY_NAME=${toJSON "${meta.name} ${version} (NixOS ${facts.versions.nixos.release})"}
    HOME_URL=${toJSON meta.homepage}
  '';

  # Keys: <https://github.com/opencontainers/image-spec/blob/main/annotations.md>.
  labels = {
    "org.opencontainers.image.title" = meta.name;
    "org.opencontainers.image.description" = meta.description;
    "org.opencontainers.image.url" = meta.homepage;
    "org.opencontainers.image.source" = meta.homepage;
    "org.opencontainers.image.documentation" = "${meta.homepage}/blob/main/docs/image.md";
    "org.opencontainers.image.vendor" = meta.image.vendor;
    "org.opencontainers.image.licenses" = meta.license;
    "org.opencontainers.image.version" = version;
  } // (if revision == null then { } else { "org.opencontainers.image.revision" = revision; });
}
