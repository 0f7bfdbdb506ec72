{ pkgs, ... }:
with pkgs; [
  k9s
  kubectl
  kubernetes-helm
  kubevirt
  kustomize
  opentofu
  pulumi
  pulumictl
  terraform
]
