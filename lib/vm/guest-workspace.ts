import { konductorFacts } from "../nix/facts.ts";

const { meta } = konductorFacts;

/** In seconds, for a guest that is run by translation too. */
const mountPatience = 60;

/** Read by systemd beside `/etc/systemd/system`, which NixOS keeps read-only (systemd.unit(5)). */
const units = "/etc/systemd/system.attached";

const mount = `[Unit]
Description=The host's working folder
ConditionVirtualization=vm
# One of the image would mount it with small messages, at a fifth of the speed.
Before=workspace-mount.service

[Mount]
What=${meta.vm.shareTag}
Where=${meta.workspace}
Type=9p
Options=trans=virtio,version=9p2000.L,msize=512000,access=any
TimeoutSec=${mountPatience}
`;

/** The unit that mounts the shared folder, and what has each boot want it; path and text. */
export const workspaceFiles = [
  [`${units}/workspace.mount`, mount],
  [`${units}/multi-user.target.d/10-konductor.conf`, "[Unit]\nWants=workspace.mount\n"],
] as const;

/** Lines of shell: the mount for the boot that wrote the unit, where an older one may stand. */
export const mountWorkspace = [
  "if ! grep -q ' /workspace 9p .*msize=512000' /proc/mounts; then",
  "  umount /workspace 2>/dev/null || :",
  "  systemctl start workspace.mount",
  "fi",
] as const;

/** Lines of shell for a machine that has no shared folder (any more). */
export const hideWorkspace = [
  `rm -rf ${units}/workspace.mount ${units}/multi-user.target.d/10-konductor.conf`,
  "systemctl daemon-reload",
  "systemctl reset-failed workspace.mount 2>/dev/null || :",
] as const;
