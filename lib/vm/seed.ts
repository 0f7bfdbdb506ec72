import { collides } from "./guest-users.ts";

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
  /** `http_proxy` and its like, as the host has them. */
  readonly proxy: Readonly<Record<string, string>>;
}

/** In seconds, for a guest that is run by translation too. */
const mountPatience = 60;

/**
 * cloud-init's user-data as YAML (JSON is YAML). The host key is written before sshd makes one of its own, so that it
 * can be pinned; the share is a mount unit, so that it is there after each boot. Sources:
 * <https://cloudinit.readthedocs.io/en/latest/reference/modules.html>, systemd.mount(5).
 */
export function userData(seed: SeedContent): string {
  const { hostKey, authorizedKeys, passwordLogin } = seed;
  const files = [
    file("/etc/ssh/ssh_host_ed25519_key", "0600", hostKey.secret),
    file("/etc/ssh/ssh_host_ed25519_key.pub", "0644", `${hostKey.public}\n`),
    file("/etc/ssh/sshd_config.d/10-konductor.conf", "0644", sshdConfig(passwordLogin)),
    ...(seed.mountsShare ? [file("/etc/systemd/system/workspace.mount", "0644", workspaceMount)] : []),
    ...proxyFiles(seed.proxy),
  ];
  const content = {
    preserve_hostname: false,
    hostname: seed.hostname,
    ssh_deletekeys: false,
    ssh_genkeytypes: ["ed25519"],
    ssh_pwauth: passwordLogin,
    disable_root: seed.hostUser.name !== "root",
    users: [...seed.imageUsers.filter(({ name }) => name !== seed.hostUser.name), seed.hostUser].map((user) => userEntry(user, authorizedKeys)),
    write_files: files,
    runcmd: [
      ...(collides(seed.hostUser) ? [["sh", "-c", takeUid(seed.hostUser)]] : []),
      ...(seed.mountsShare ? [["systemctl", "daemon-reload"], ["systemctl", "enable", "--now", "workspace.mount"]] : []),
    ],
  };
  return `#cloud-config\n${JSON.stringify(content, null, 1)}\n`;
}

/** Another instance-id makes cloud-init do its work once more on a used disk: it changes when the user-data does. */
export function metaData(hostname: string, user: string): string {
  const id = new Bun.CryptoHasher("sha256").update(user).digest("hex").slice(0, 16);
  return `${JSON.stringify({ "instance-id": `konductor-${id}`, "local-hostname": hostname })}\n`;
}

function userEntry(user: GuestUser, keys: readonly string[]): Readonly<Record<string, unknown>> {
  const { name, uid, isAdmin } = user;
  const isTaken = collides(user);
  return {
    name,
    ...(uid === undefined || name === "root" ? {} : { shell: "/run/current-system/sw/bin/bash" }),
    ...(uid === undefined || name === "root" || isTaken ? {} : { uid }),
    lock_passwd: true,
    ssh_authorized_keys: keys,
    ...(isAdmin && name !== "root"
      ? { groups: ["wheel", "docker", "libvirtd", "kvm"], sudo: "ALL=(ALL) NOPASSWD:ALL" }
      : {}),
  };
}

/** Two users share a number then: written into the table, since `usermod` refuses where the user is logged in. */
function takeUid({ name, uid }: GuestUser): string {
  return [
    `old=$(id -u ${name})`,
    `sed -i "s/^\\(${name}:[^:]*\\):$old:/\\1:${uid}:/" /etc/passwd`,
    `chown -R --from="$old" ${uid} "$(getent passwd ${name} | cut -d: -f6)"`,
  ].join(" && ");
}

function file(path: string, permissions: string, text: string): Readonly<Record<string, string>> {
  return { path, permissions, encoding: "b64", content: Buffer.from(text).toString("base64") };
}

function sshdConfig(passwordLogin: boolean): string {
  return `PasswordAuthentication ${passwordLogin ? "yes" : "no"}\nPermitRootLogin prohibit-password\n`;
}

const workspaceMount = `[Unit]
Description=The host's working folder
ConditionVirtualization=vm

[Mount]
What=host
Where=/workspace
Type=9p
Options=trans=virtio,version=9p2000.L,msize=512000,access=any
TimeoutSec=${mountPatience}

[Install]
WantedBy=multi-user.target
`;

/** For the services of systemd, for logins, and for Nix. */
function proxyFiles(proxy: Readonly<Record<string, string>>): readonly Readonly<Record<string, string>>[] {
  const lines = Object.entries(proxy).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return lines.length === 0
    ? []
    : [
        file("/etc/konductor/proxy.env", "0644", `${lines.join("\n")}\n`),
        file("/etc/profile.d/konductor-proxy.sh", "0644", `${lines.map((line) => `export ${line}`).join("\n")}\n`),
        file(
          "/etc/systemd/system.conf.d/10-konductor-proxy.conf",
          "0644",
          `[Manager]\nDefaultEnvironment=${lines.map((line) => JSON.stringify(line.replaceAll('"', ""))).join(" ")}\n`
        ),
      ];
}
