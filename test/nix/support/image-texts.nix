# The texts of container image and virtual machine that are plain Nix, for the programs that read them.
let
  facts = import ../../../nix/lib/facts.nix;
  oci = import ../../../nix/oci/settings.nix {
    inherit facts;
    version = "1.2.3";
    revision = "abc";
    source = "/nix/store/source";
    nixpkgsRevision = "def";
  };
  vm = import ../../../nix/vm/texts.nix { inherit facts; systemctl = "/usr/bin/systemctl"; };
  accounts = import ../../../nix/oci/accounts.nix { inherit (facts) users; };
in
{
  oci = {
    inherit (accounts) passwd shadow group gshadow;
    inherit (import ../../../nix/oci/privileges.nix { inherit (facts) users; inherit (oci) path; }) sudoers pam;
    inherit (oci) nixConf registry nsswitch osRelease labels skeleton;
    profile = oci.profile [ "nvim" "git" ];
    variables = oci.variables [ "nvim" "git" ];
    bashrc = oci.bashrc "/etc/bash.rc";
  };
  vm = {
    inherit (vm) cloudInit sudoRules login workspaceMount workspaceRetry workspaceFolder;
    sshdConfig = vm.sshdConfig { };
    sshdConfigWithPasswords = vm.sshdConfig { passwordLogin = true; };
    enterShell = vm.enterShell "konductor-shell";
  };
}
