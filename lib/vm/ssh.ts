import { connect } from "node:net";
import { writeFileSync } from "node:fs";
import type { MachineFiles } from "./machine.ts";
import type { MachineRecord } from "./record.ts";
import { call, programIn, type VmWorld } from "./world.ts";

export function hostAlias(name: string): string {
  return `konductor-${name}`;
}

/**
 * The machine's part of an ssh configuration. Host key checking stays on: the key was made here. One connection is kept
 * open and shared, since a login costs seconds where the guest is run by translation.
 */
export function sshConfig(record: MachineRecord, files: MachineFiles, keyFile: string, isDefault: boolean): string {
  const { machine, user } = record;
  const alias = hostAlias(machine.name);
  return [
    `Host ${alias}${isDefault ? " localhost" : ""}`,
    "  HostName 127.0.0.1",
    `  Port ${machine.port}`,
    `  User ${user}`,
    `  HostKeyAlias ${alias}`,
    `  UserKnownHostsFile ${quoted(files.knownHosts)}`,
    "  GlobalKnownHostsFile none",
    "  StrictHostKeyChecking yes",
    `  IdentityFile ${quoted(keyFile)}`,
    "  IdentitiesOnly yes",
    "  PreferredAuthentications publickey",
    "  KexAlgorithms curve25519-sha256",
    "  ForwardX11 no",
    "  LogLevel ERROR",
    "  ControlMaster auto",
    `  ControlPath ${quoted(files.control)}`,
    "  ControlPersist 600",
    "",
  ].join("\n");
}

/** ssh reads `%` as the start of a token. */
function quoted(path: string): string {
  return `"${path.replaceAll("%", "%%")}"`;
}

export function writeSshConfig(record: MachineRecord, files: MachineFiles, keyFile: string, isDefault: boolean): void {
  writeFileSync(files.sshConfig, sshConfig(record, files, keyFile, isDefault), { mode: 0o600 });
}

/** The words of an `ssh` into the machine, up to where options or the command follow. */
export function sshCommand(name: string, files: MachineFiles, world: Pick<VmWorld, "env">): readonly [string, ...string[]] {
  return [programIn(world, "ssh", "openssh-client"), "-F", files.sshConfig, hostAlias(name)];
}

export interface SshResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a line of shell in the guest; 255 says that ssh itself failed. `timeout` in seconds. */
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
  return call(world, [ssh, ...options, ...rest, line], { timeout, daemon: true });
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
