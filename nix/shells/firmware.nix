# UEFI for the virtual machines that `k` starts.
{ pkgs, lib }:
let
  inherit (pkgs.stdenv) hostPlatform;
  prefix = if hostPlatform.isAarch64 then "AAVMF" else "OVMF";
in
lib.optionalAttrs hostPlatform.isLinux {
  OVMF_CODE = "${pkgs.OVMF.fd}/FV/${prefix}_CODE.fd";
  OVMF_VARS = "${pkgs.OVMF.fd}/FV/${prefix}_VARS.fd";
}
