import { connect } from "node:net";
import { existsSync, rmSync } from "node:fs";
import type { MachineFiles } from "./machine.ts";
import { shellQuoted } from "../core/shell-word.ts";
import { call, programIn, type VmWorld } from "./world.ts";

export function hostAlias(name: string): string {
  return `konductor-${name}`;
}

/** The words of an `ssh` into the machine, up to where options or the command follow. */
export function sshCommand(
  name: string,
  files: MachineFiles,
  world: Pick<VmWorld, "env">
): readonly [string, ...string[]] {
  return [programIn(world, "ssh", "openssh-client"), "-F", files.sshConfig, hostAlias(name)];
}

/** Ends the shared connection, which would hang where the machine is no longer the same. */
export async function closeConnection(name: string, files: MachineFiles, world: VmWorld): Promise<void> {
  if (existsSync(files.control)) {
    const [ssh, ...rest] = sshCommand(name, files, world);
    await call(world, [ssh, "-O", "exit", ...rest], { timeout: 5 });
    rmSync(files.control, { force: true });
  }
}

export interface SshResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs lines of sh in the guest, whichever shell its user has; 255 says that ssh itself failed. `timeout` in seconds. */
export async function inGuest(
  name: string,
  files: MachineFiles,
  world: VmWorld,
  line: string,
  timeout = 60
): Promise<SshResult> {
  const [ssh, ...rest] = sshCommand(name, files, world);
  const options = ["-o", "BatchMode=yes", "-o", `ConnectTimeout=${Math.min(timeout, 30)}`];
  // The shared connection stays behind: it is meant to.
  return call(world, [ssh, ...options, ...rest, `sh -c ${shellQuoted(line)}`], { timeout, daemon: true });
}

/**
 * Whether an sshd answers: its first bytes are `SSH-`. A connection alone proves nothing, since QEMU takes it before the
 * guest listens.
 */
export function greets(port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (answer: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end(false), timeoutMs);
    let read = "";
    socket.on("data", (bytes) => {
      read += bytes.toString("latin1");
      if (read.length >= 4) {
        end(read.startsWith("SSH-"));
      }
    });
    socket.on("error", () => end(false));
    socket.on("close", () => end(false));
  });
}
