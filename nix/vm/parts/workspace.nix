# The host's working folder on /workspace.
{ texts, ... }: { config, lib, ... }:
let
  isShared = config.konductor.vm.workspace;
in
{
  system.activationScripts.workspace = texts.workspaceFolder;
  boot.kernelModules = lib.mkIf isShared [ "9p" "9pnet_virtio" ];
  systemd.units = lib.mkIf isShared {
    "workspace.mount".text = texts.workspaceMount;
    "workspace-mount.service" = {
      text = texts.workspaceRetry;
      wantedBy = [ "multi-user.target" ];
    };
  };
}
