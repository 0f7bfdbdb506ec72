import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { stateFolders } from "../host/folders.ts";
import { defaultName, type MachineFiles } from "./machine.ts";
import type { MachineRecord } from "./record.ts";
import { hostAlias } from "./ssh.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** The ssh configuration of all machines, for `ssh -F`: what the dev shell has in `KONDUCTOR_SSH_CONFIG`. */
export function userSshConfigPath(env: Env): string {
  return join(stateFolders(env).state, "ssh_config");
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
    // A guest that restarts leaves the shared connection hanging.
    "  ServerAliveInterval 15",
    "  ServerAliveCountMax 3",
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

/**
 * All machines of the user, and behind them what ssh would read by itself: the first that sets a value wins (ssh_config(5)).
 * It stands in a private folder, so that nobody else can have ssh run a program.
 */
export function userSshConfig(env: Env): string {
  const { state } = stateFolders(env);
  return [
    "# Written by k: `ssh localhost` and `ssh konductor-NAME` reach its virtual machines.",
    `Include "${state}/vm/*/ssh_config"`,
    'Include "~/.ssh/config"',
    "Include /etc/ssh/ssh_config",
    "",
  ].join("\n");
}

/** Both configurations; each whole or not at all, and for the user alone. */
export function writeSshConfigs(record: MachineRecord, files: MachineFiles, env: Env): void {
  const own = sshConfig(record, files, `${files.keys}/id_ed25519`, record.machine.name === defaultName);
  const user = userSshConfigPath(env);
  mkdirSync(dirname(user), { recursive: true, mode: 0o700 });
  for (const [path, text] of [
    [files.sshConfig, own],
    [user, userSshConfig(env)],
  ] as const) {
    const fresh = `${path}.${process.pid}.new`;
    writeFileSync(fresh, text, { mode: 0o600 });
    renameSync(fresh, path);
  }
}
