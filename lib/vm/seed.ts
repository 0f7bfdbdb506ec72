import { collides } from "./guest-users.ts";
import { proxyFiles, proxySetEnv } from "./guest-proxy.ts";
import { setUpUser } from "./guest-setup.ts";
import { hideWorkspace, mountWorkspace, workspaceFiles } from "./guest-workspace.ts";

/** A user of the guest who may log in with the machine's key. */
export interface GuestUser {
  readonly name: string;
  /** Given only for a user that is made; those of the image keep theirs. */
  readonly uid?: number;
  readonly isAdmin: boolean;
}

export interface SeedContent {
  readonly hostname: string;
  /** Users that the image brings, and who get the key. */
  readonly imageUsers: readonly GuestUser[];
  /** The person at the host. */
  readonly hostUser: GuestUser;
  /** Public keys in OpenSSH's form. */
  readonly authorizedKeys: readonly string[];
  readonly hostKey: { readonly secret: string; readonly public: string };
  readonly passwordLogin: boolean;
  /** Mounts the shared folder on `/workspace`. */
  readonly mountsShare: boolean;
  /** `http_proxy` and its like, as the guest needs them. */
  readonly proxy: Readonly<Record<string, string>>;
}

/**
 * cloud-init's user-data as YAML (JSON is YAML). The host key is written before sshd makes one of its own, so that it
 * can be pinned; the share is a mount unit, so that it is there after each boot. Source:
 * <https://cloudinit.readthedocs.io/en/latest/reference/modules.html>.
 */
export function userData(seed: SeedContent): string {
  const { hostKey, authorizedKeys, passwordLogin, hostUser } = seed;
  // Who needs a certain number comes first: an image without the others would give it to one of them.
  const users = [hostUser, ...seed.imageUsers.filter(({ name }) => name !== hostUser.name)];
  const content = {
    preserve_hostname: false,
    hostname: seed.hostname,
    ssh_deletekeys: false,
    ssh_genkeytypes: ["ed25519"],
    disable_root: hostUser.name !== "root",
    users: users.map((user) => userEntry(user, authorizedKeys)),
    write_files: [
      file("/etc/ssh/ssh_host_ed25519_key", "0600", hostKey.secret),
      file("/etc/ssh/ssh_host_ed25519_key.pub", "0644", `${hostKey.public}\n`),
      file("/etc/ssh/sshd_config.d/10-konductor.conf", "0644", sshdConfig(passwordLogin, seed.proxy)),
      ...workspaceFiles.map(([path, text]) => file(path, "0644", text)),
      ...proxyFiles(seed.proxy).map(([path, text]) => file(path, "0644", text)),
    ],
    runcmd: [["sh", "-ec", firstBoot(seed)]],
  };
  return `#cloud-config\n${JSON.stringify(content, null, 1)}\n`;
}

/** One script, so that the first step that fails is what cloud-init reports. */
function firstBoot({ hostUser, mountsShare, proxy }: SeedContent): string {
  return [
    ...(hostUser.uid === undefined || hostUser.uid === 0
      ? []
      : setUpUser(hostUser.name, collides(hostUser) ? hostUser.uid : undefined)),
    // So that services see the proxy that was written for them.
    ...(Object.keys(proxy).length === 0 ? [] : ["systemctl daemon-reexec"]),
    "systemctl daemon-reload",
    ...(mountsShare ? mountWorkspace : hideWorkspace),
  ].join("\n");
}

/** Another instance-id makes cloud-init do its work once more on a used disk: it changes when the user-data does. */
export function metaData(hostname: string, user: string): string {
  const id = new Bun.CryptoHasher("sha256").update(user).digest("hex").slice(0, 16);
  return `${JSON.stringify({ "instance-id": `konductor-${id}`, "local-hostname": hostname })}\n`;
}

function userEntry(user: GuestUser, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const { name, uid, isAdmin } = user;
  return {
    name,
    ...(uid === undefined || name === "root" || collides(user) ? {} : { uid }),
    ...(name === "root" ? {} : { lock_passwd: true }),
    ssh_authorized_keys: keys,
    ...(isAdmin && name !== "root"
      ? { groups: ["wheel", "docker", "libvirtd", "kvm"], sudo: "ALL=(ALL) NOPASSWD:ALL" }
      : {}),
  };
}

function file(path: string, permissions: string, text: string): Readonly<Record<string, string>> {
  return { path, permissions, encoding: "b64", content: Buffer.from(text).toString("base64") };
}

function sshdConfig(passwordLogin: boolean, proxy: Readonly<Record<string, string>>): string {
  const answer = passwordLogin ? "yes" : "no";
  return [
    `PasswordAuthentication ${answer}`,
    `KbdInteractiveAuthentication ${answer}`,
    "PermitRootLogin prohibit-password",
    ...proxySetEnv(proxy),
    "",
  ].join("\n");
}
