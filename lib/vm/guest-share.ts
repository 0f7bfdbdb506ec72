import { ProblemError } from "../core/problem.ts";
import type { MachineFiles } from "./machine.ts";
import { inGuest } from "./ssh.ts";
import type { VmWorld } from "./world.ts";

/** QEMU saves no machine that has a shared folder mounted. Rejects with a `ProblemError` where it is in use. */
export async function unmountShare(name: string, files: MachineFiles, world: VmWorld): Promise<void> {
  const line = "cd /; sync; ! mountpoint -q /workspace || $(test $(id -u) = 0 || echo sudo -n) umount /workspace";
  const ran = await inGuest(name, files, world, line);
  if (ran.exitCode !== 0) {
    throw new ProblemError({
      kind: "refused",
      what: `/workspace is in use in the guest, and a machine cannot be saved with it: ${ran.stderr.trim()}`,
      hint: "leave that folder in every shell of the guest, and try again",
    });
  }
}

/** Sets the guest's clock, which stood still, and mounts the shared folder again. */
export async function wakeGuest(name: string, files: MachineFiles, world: VmWorld, hasShare: boolean): Promise<void> {
  const sudo = "$(test $(id -u) = 0 || echo sudo -n)";
  const clock = `${sudo} date -s @${Math.floor(Date.now() / 1000)} >/dev/null`;
  const mount = `mountpoint -q /workspace || ${sudo} systemctl restart workspace.mount`;
  await inGuest(name, files, world, hasShare ? `${clock}; ${mount}` : clock);
}
