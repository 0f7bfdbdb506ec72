import { chmodSync, copyFileSync, existsSync, readFileSync, rmSync } from "node:fs";
import { type Problem, ProblemError } from "../core/problem.ts";
import { findFirmware } from "./firmware-files.ts";
import type { Machine, MachineFiles } from "./machine.ts";
import { identify, type ProcessIdentity } from "./process-identity.ts";
import { qemuCommand } from "./qemu-command.ts";
import { guestArch, qemuProgram } from "./qemu-program.ts";
import { call, type VmWorld } from "./world.ts";

/** The port was free a moment ago. */
export class PortTaken extends ProblemError {}

/** Starts QEMU in the background; rejects with a `ProblemError` that says in words why it did not start. */
export async function launch(
  machine: Machine,
  files: MachineFiles,
  world: VmWorld,
  resume?: string
): Promise<ProcessIdentity> {
  const [arch, qemu] = [guestArch(), qemuProgram(world)];
  const firmware = machine.firmware === "uefi" ? findFirmware(arch, world.env) : undefined;
  if (firmware !== undefined && !existsSync(files.variables)) {
    copyFileSync(firmware.variables, files.variables);
    // That of the Nix store is read-only.
    chmodSync(files.variables, 0o600);
  }
  for (const left of [files.pid, files.qmp, files.consoleSocket, files.agent]) {
    rmSync(left, { force: true });
  }
  const argv = qemuCommand(machine, files, { qemu, arch, firmwareCode: firmware?.code }, resume);
  const ran = await call(world, argv, { daemon: true, timeout: 60 });
  const own = ran.exitCode === 0 ? identify(readPid(files.pid)) : undefined;
  if (own === undefined) {
    // One that dies at start leaves it behind.
    rmSync(files.pid, { force: true });
    const problem = whyNot(ran.stderr, machine, ran.exitCode);
    throw /Could not set up host forwarding rule/.test(ran.stderr) ? new PortTaken(problem) : new ProblemError(problem);
  }
  return own;
}

function readPid(path: string): number {
  try {
    return Number(readFileSync(path, "utf8").trim());
  } catch {
    return 0;
  }
}

function whyNot(stderr: string, { port, accelerator, disk }: Machine, exitCode: number): Problem {
  const said = stderr
    .trim()
    .split("\n")
    .filter((line) => line !== "");
  const line =
    said.find((text) => !/^warning:|: warning:/.test(text))?.replace(/^qemu-system-\S+: /, "") ??
    `exit code ${exitCode}`;
  const refused = (what: string, hint: string): Problem => ({ kind: "machine", what, hint });
  if (/Could not set up host forwarding rule/.test(stderr)) {
    return refused(
      `port ${port} of 127.0.0.1 was taken while the machine started`,
      "start it again, or give another --port"
    );
  }
  if (/Failed to get "write" lock/.test(stderr)) {
    return refused(`another QEMU has the disk ${disk}`, "`k vm:list` shows the machines; stop that one first");
  }
  if (/No space left on device|Failed to write pid file/.test(stderr)) {
    return refused("the host's disk is full", `free some space where ${disk} is`);
  }
  if (/cannot set up guest memory|Cannot allocate memory/.test(stderr)) {
    return refused("the host has not so much memory", "give the guest less with --memory");
  }
  if (/Permission denied|permission denied/.test(stderr) && accelerator === "kvm") {
    return refused("this user may not use KVM", '`sudo usermod -aG kvm "$USER"`, then log in anew');
  }
  return {
    kind: "machine",
    what: `QEMU did not start: ${line}`,
    hint: "`k doctor` checks what it needs",
    ...(said.length > 1 ? { detail: said.join("\n") } : {}),
  };
}
