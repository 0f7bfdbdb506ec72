import { ProblemError } from "../core/problem.ts";
import type { MachineFiles } from "./machine.ts";
import { shellQuoted } from "../core/shell-word.ts";
import { inGuest } from "./ssh.ts";
import type { VmWorld } from "./world.ts";

const sudo = "$(test $(id -u) = 0 || echo sudo -n)";

/** Prints a line for each program of the guest that stands in the shared folder; in as few processes as may be. */
const users = [
  "for pid in $(ls -l /proc/[0-9]*/cwd 2>/dev/null | sed -n 's|.*/proc/\\([0-9]*\\)/cwd -> /workspace.*|\\1|p'); do",
  'echo "$(cat /proc/$pid/comm) ($pid)"; done',
].join(" ");

/** QEMU saves no machine that has a shared folder mounted. Rejects with a `ProblemError` where it is in use. */
export async function unmountShare(name: string, files: MachineFiles, world: VmWorld): Promise<void> {
  const line = `cd /; sync; ! mountpoint -q /workspace || ${sudo} umount /workspace || { ${sudo} sh -c ${shellQuoted(users)}; exit 32; }`;
  const ran = await inGuest(name, files, world, line);
  if (ran.exitCode !== 0) {
    throw new ProblemError({
      kind: "machine",
      what: "/workspace is in use in the guest, and a machine cannot be saved with it mounted",
      hint: "leave that folder in every shell and program of the guest, and try again; the machine runs on",
      detail: [ran.stderr.trim(), ...ran.stdout.trim().split("\n")].filter((text) => text !== "").join("\n"),
    });
  }
}

/**
 * Sets the guest's clock, which stood still, and mounts the shared folder again; says what of it fails. Resolves with whether ssh
 * reached the guest at all.
 */
export async function wakeGuest(
  name: string,
  files: MachineFiles,
  world: VmWorld,
  hasShare: boolean
): Promise<boolean> {
  const clock = `${sudo} date -s @${Math.floor(Date.now() / 1000)} >/dev/null`;
  const mount = `mountpoint -q /workspace || ${sudo} systemctl restart workspace.mount`;
  const ran = await inGuest(name, files, world, hasShare ? `${clock}; ${mount}` : clock);
  if (ran.exitCode !== 0 && ran.exitCode !== 255) {
    world.say(`the guest's clock or /workspace was not set right: ${ran.stderr.trim().split("\n").at(-1) ?? ""}`);
  }
  return ran.exitCode !== 255;
}
