import { ProblemError } from "../core/problem.ts";
import { shellQuoted } from "../core/shell-word.ts";
import type { MachineFiles } from "../vm/machine.ts";
import { inGuest } from "../vm/ssh.ts";
import type { VmWorld } from "../vm/world.ts";

/** In seconds: a collection of garbage, or zeros over a whole disk, may take long. */
const patience = 3600;

/** Runs a script as root of the guest; resolves with what it printed. Rejects with a `ProblemError` where it fails. */
export async function asGuestRoot(
  script: string,
  { what, name, files }: { readonly what: string; readonly name: string; readonly files: MachineFiles },
  world: VmWorld
): Promise<string> {
  const line = `$(test $(id -u) = 0 || echo sudo -n) sh -c ${shellQuoted(script)}`;
  const ran = await inGuest(name, files, world, line, { timeout: patience });
  world.signal.throwIfAborted();
  if (ran.exitCode !== 0) {
    throw new ProblemError({
      kind: "machine",
      what: `${what} failed in the guest (exit code ${ran.exitCode})`,
      hint: `\`k vm:ssh --name ${name}\` is a shell there`,
      detail: [ran.stderr, ran.stdout].join("\n").trim(),
    });
  }
  return ran.stdout.trim();
}
