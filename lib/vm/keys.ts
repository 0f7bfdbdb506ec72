import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { callOrFail, programIn, type VmWorld } from "./world.ts";

export interface MachineKeys {
  /** Of the guest's sshd. */
  readonly host: { readonly secret: string; readonly public: string };
  /** Whom the guest lets in: the file of the secret half, and the public half. */
  readonly client: { readonly file: string; readonly public: string };
}

/** The keys of a machine, made at its first start: ed25519, without passphrase, readable by the user alone. */
export async function machineKeys(folder: string, world: VmWorld): Promise<MachineKeys> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [host, client] = [join(folder, "host_ed25519"), join(folder, "id_ed25519")];
  for (const [file, comment] of [
    [host, "konductor-host"],
    [client, "konductor"],
  ] as const) {
    if (!existsSync(file) || !existsSync(`${file}.pub`)) {
      await makeKey(file, comment, world);
    }
  }
  const read = (file: string): string => readFileSync(file, "utf8");
  return {
    host: { secret: read(host), public: read(`${host}.pub`).trim() },
    client: { file: client, public: read(`${client}.pub`).trim() },
  };
}

async function makeKey(file: string, comment: string, world: VmWorld): Promise<void> {
  const program = programIn(world, "ssh-keygen", "openssh-client");
  await callOrFail(world, [program, "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", file], (said) => ({
    kind: "file",
    path: file,
    what: "the machine's key was not made",
    why: said,
  }));
}

/** What pins the guest's key: by its alias, so that another port changes nothing. */
export function writeKnownHosts(path: string, alias: string, publicKey: string): void {
  writeFileSync(path, `${alias} ${publicKey.split(" ").slice(0, 2).join(" ")}\n`, { mode: 0o600 });
}
