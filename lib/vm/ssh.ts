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

export interface InGuestOptions {
  /** In seconds. */
  readonly timeout?: number;
  /** Gets what it prints as it comes. */
  readonly onOutput?: (text: string) => void;
}

/** Lines of sh in the guest, whichever shell its user has; 255 says that ssh itself failed. */
export async function inGuest(
  name: string,
  files: MachineFiles,
  world: VmWorld,
  line: string,
  { timeout = 60, onOutput }: InGuestOptions = {}
): Promise<SshResult> {
  const [ssh, ...rest] = sshCommand(name, files, world);
  // It covers sshd's greeting and the exchange of keys too, which take many seconds in a guest that is translated on a busy host.
  const options = ["-o", "BatchMode=yes", "-o", `ConnectTimeout=${Math.min(timeout, 90)}`];
  // The shared connection stays behind: it is meant to.
  return call(world, [ssh, ...options, ...rest, `sh -c ${shellQuoted(line)}`], {
    timeout,
    daemon: true,
    ...(onOutput === undefined ? {} : { onOutput }),
  });
}

/** What is behind a port of the guest, by what it does within a time. */
export type Answer = "sshd" | "nobody-listens" | "silence";

/**
 * Asks a port of the guest. QEMU takes each connection itself before it asks the guest: one that is closed at once says that the
 * guest's network is up and nobody listens; silence, that the network is not up, or that whoever listens is slow.
 */
export function ask(port: number, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    const end = (answer: Answer): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    const timer = setTimeout(() => end("silence"), timeoutMs);
    let read = "";
    socket.on("data", (bytes) => {
      read += bytes.toString("latin1");
      if (read.length >= 4) {
        end(read.startsWith("SSH-") ? "sshd" : "nobody-listens");
      }
    });
    socket.on("error", () => end("nobody-listens"));
    socket.on("close", () => end("nobody-listens"));
  });
}
