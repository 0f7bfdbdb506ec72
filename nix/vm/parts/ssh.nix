# sshd by key alone, and not for root; `k`, cloud-init and the option open more.
{ texts, ... }: { config, lib, ... }:
{
  services.openssh = {
    enable = true;
    # What NixOS writes stands before our text and would count; modules of clouds set it, too.
    settings = lib.genAttrs [ "PermitRootLogin" "PasswordAuthentication" "KbdInteractiveAuthentication" ] (_: lib.mkForce null);
    extraConfig = lib.mkBefore (texts.sshdConfig { inherit (config.konductor.vm) passwordLogin; });
    # One that is quickly made, and that `k` pins.
    hostKeys = lib.mkDefault [{ type = "ed25519"; path = "/etc/ssh/ssh_host_ed25519_key"; }];
  };
  # NixOS leaves passwords out of PAM where its own setting does not ask for them; whether they are taken is sshd's to say.
  security.pam.services.sshd.unixAuth = lib.mkForce true;
}
