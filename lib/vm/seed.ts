import { konductorFacts } from "../nix/facts.ts";
import { collides } from "./guest-users.ts";
import { proxyFiles } from "../core/proxy-files.ts";
import { proxySetEnv } from "./guest-proxy.ts";
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
  /** The disk becomes an image: the host's user gets in, and nothing is set that could not be taken out again. */
  readonly isForImage?: boolean;
}

/**
 * cloud-init's user-data as YAML (JSON is YAML). The host key is written before sshd makes one of its own, so that it
 * can be pinned; the share is a mount unit, so that it is there after each boot. Source:
 * <https://cloudinit.readthedocs.io/en/latest/reference/modules.html>.
 */
export function userData(seed: SeedContent): string {
  return `#cloud-config\n${JSON.stringify(seed.isForImage === true ? imageConfig(seed) : guestConfig(seed), null, 1)}\n`;
}

/** What can be removed from the disk without a trace: keys, and what cloud-init notes of its own work. */
function imageConfig({ hostKey, authorizedKeys, hostUser }: SeedContent) {
  return {
    preserve_hostname: true,
    ...hostKeySettings,
    disable_root: false,
    // It runs before users are made.
    bootcmd: [["sh", "-c", noteMissing(hostUser.name)]],
    users: [userEntry(hostUser, authorizedKeys)],
    write_files: hostKeyFiles(hostKey),
  };
}

/** Where a boot that is for an image notes what it found missing, and so will have made: gone with the boot. */
export const madeForImage = { user: "/run/konductor-made-user", sudoRules: "/run/konductor-made-sudo-rules" } as const;

/** What cloud-init writes for users with sudo. */
export const cloudInitSudoRules = "/etc/sudoers.d/90-cloud-init-users";

function noteMissing(user: string): string {
  return [
    `id ${user} >/dev/null 2>&1 || touch ${madeForImage.user}`,
    `test -e ${cloudInitSudoRules} || touch ${madeForImage.sudoRules}`,
  ].join("\n");
}

const hostKeySettings = { ssh_deletekeys: false, ssh_genkeytypes: ["ed25519"] } as const;

function hostKeyFiles(hostKey: SeedContent["hostKey"]) {
  return [
    file("/etc/ssh/ssh_host_ed25519_key", "0600", hostKey.secret),
    file("/etc/ssh/ssh_host_ed25519_key.pub", "0644", `${hostKey.public}\n`),
  ];
}

function guestConfig(seed: SeedContent) {
  const { hostKey, authorizedKeys, passwordLogin, hostUser } = seed;
  // Who needs a certain number comes first: an image without the others would give it to one of them.
  const users = [hostUser, ...seed.imageUsers.filter(({ name }) => name !== hostUser.name)];
  return {
    preserve_hostname: false,
    hostname: seed.hostname,
    ...hostKeySettings,
    disable_root: hostUser.name !== "root",
    users: users.map((user) => userEntry(user, authorizedKeys)),
    write_files: [
      ...hostKeyFiles(hostKey),
      file("/etc/ssh/sshd_config.d/10-konductor.conf", "0644", sshdConfig(passwordLogin, seed.proxy)),
      ...workspaceFiles.map(([path, text]) => file(path, "0644", text)),
      ...proxyFiles(seed.proxy).map(([path, text]) => file(path, "0644", text)),
    ],
    runcmd: [["sh", "-ec", firstBoot(seed)]],
  };
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

/** Those of the image's own admin. */
const adminGroups = Object.values(konductorFacts.users.users).find(({ sudo }) => sudo)?.groups ?? [];

function userEntry(user: GuestUser, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const { name, uid, isAdmin } = user;
  return {
    name,
    ...(uid === undefined || name === "root" || collides(user) ? {} : { uid }),
    ...(name === "root" ? {} : { lock_passwd: true }),
    ssh_authorized_keys: keys,
    ...(isAdmin && name !== "root" ? { groups: adminGroups, sudo: "ALL=(ALL) NOPASSWD:ALL" } : {}),
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
