# For a root file system that starts from nothing.
{ pkgs, ... }:
with pkgs; [
  cacert
  getent
  gosu
  iana-etc
  iproute2
  linux-pam
  su
]
