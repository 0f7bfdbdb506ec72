# The container image of one architecture: what nix2container makes its layers and configuration from. The result has
# `copyToDockerDaemon`, `copyToRegistry` and `copyToPodman`.
{ pkgs, konductor, inputs }:
let
  inherit (pkgs) lib;
  inherit (konductor) facts packages programs;
  inherit (facts) users meta;
  inherit (packages.k) version;

  self = inputs.self or { };
  nixpkgs = inputs.nixpkgs or { };
  texts = import ./settings.nix {
    inherit facts version;
    revision = self.rev or null;
    source = if self ? outPath then "${self}" else null;
    nixpkgsRevision = nixpkgs.rev or null;
  };
  environment = import ./environment.nix { inherit pkgs konductor; };
  root = import ./root.nix {
    inherit pkgs facts texts environment;
    accounts = import ./accounts.nix { inherit users; };
    privileges = import ./privileges.nix {
      inherit users;
      inherit (texts) path;
      pamModules = "${pkgs.linux-pam}/lib/security/";
    };
    bashrc = programs.bash.rc { inherit (environment) commands; };
  };

  inherit (import inputs.nix2container { inherit pkgs; }) nix2container;
  architecture = { x86_64-linux = "amd64"; aarch64-linux = "arm64"; }.${pkgs.stdenv.hostPlatform.system};
  owner = users.users.${users.defaultUser};
  # "20251223101112" as RFC 3339 has it, so that the same sources give the same image.
  time = at: let part = builtins.substring; in "${part 0 4 at}-${part 4 2 at}-${part 6 2 at}T${part 8 2 at}:${part 10 2 at}:${part 12 2 at}Z";
in
nix2container.buildImage {
  inherit (meta.image) name;
  tag = meta.image.baseTag.${architecture};
  arch = architecture;
  created = time (self.lastModifiedDate or "19700101000001");
  layers = import ./layers.nix { inherit nix2container; inherit (environment) groups; };
  copyToRoot = [ environment.tree root.tree ];
  inherit (root) perms;
  # So that Nix in a container knows what of the store is there.
  initializeNixDatabase = true;
  config = {
    Entrypoint = [ "/usr/bin/konductor-entrypoint" ];
    Cmd = [ "bash" "-l" ];
    # In numbers: Kubernetes tells from them that it is not root.
    User = "${toString owner.uid}:${toString owner.gid}";
    WorkingDir = meta.workspace;
    Volumes.${meta.workspace} = { };
    Env = lib.mapAttrsToList (name: value: "${name}=${value}") (texts.variables environment.commands);
    Labels = texts.labels;
  };
  meta = { inherit (meta) description homepage; };
}
  # For whoever wants to look at it: the tree outside the store.
  // { rootTree = root.tree; }
