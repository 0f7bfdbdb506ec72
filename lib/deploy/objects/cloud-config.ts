import { proxyFiles } from "../../core/proxy-files.ts";
import { konductorFacts } from "../../nix/facts.ts";
import type { Json, JsonObject } from "../manifest.ts";
import { toYaml } from "../yaml.ts";

const { users: table, meta } = konductorFacts;

export interface CloudConfigParts {
  readonly hostname: string;
  /** Path, mode and text. */
  readonly files?: readonly (readonly [string, string, string])[];
  /** Lines of sh, one script. */
  readonly commands?: readonly string[];
}

/**
 * cloud-init's user-data for the users of the table, without passwords: their keys come from the cluster. Source:
 * <https://cloudinit.readthedocs.io/en/latest/reference/modules.html>.
 */
export function cloudConfig({ hostname, files = [], commands = [] }: CloudConfigParts): string {
  const config: JsonObject = {
    hostname,
    preserve_hostname: false,
    ssh_pwauth: false,
    disable_root: true,
    users: Object.entries(table.users).map(([name, user]) => userEntry(name, user)),
    ...(files.length === 0
      ? {}
      : { write_files: files.map(([path, permissions, content]) => ({ path, permissions, content })) }),
    runcmd: [
      ["sh", "-c", `${["systemctl start --no-block docker.service libvirtd.service", ...commands].join("\n")}\n`],
    ],
    final_message: `${meta.name} is ready after $UPTIME s`,
  };
  return `#cloud-config\n${toYaml(config)}`;
}

function userEntry(name: string, { uid, description, groups, sudo }: (typeof table.users)[string]): Json {
  return {
    name,
    uid,
    gecos: description,
    shell: table.shell,
    lock_passwd: true,
    ...(groups.length === 0 ? {} : { groups }),
    ...(sudo ? { sudo: "ALL=(ALL) NOPASSWD:ALL" } : {}),
  };
}

/** The default user may shut the machine down, and nothing else of root's. */
export function powerRules(): readonly [string, string, string] {
  const user = table.defaultUser;
  const rules = ["poweroff", "reboot", "shutdown"].map(
    (name) => `${user} ALL=(root) NOPASSWD: /run/current-system/sw/bin/${name}\n`
  );
  return [`/etc/sudoers.d/${user}-power`, "0440", rules.join("")];
}

/** Has each network's next hop know the machine before the first packet comes for it. */
export const primeNeighbours = [
  "ip -4 route show default | while read -r _ _ gateway _ link _; do",
  '  ping -c 1 -W 1 -I "$link" "$gateway" || :',
  "done",
] as const;

export function proxyParts(proxy: Readonly<Record<string, string>>): Required<Omit<CloudConfigParts, "hostname">> {
  return {
    files: proxyFiles(proxy).map(([path, text]) => [path, "0644", text] as const),
    commands: [
      "systemctl daemon-reexec",
      "for unit in konductor-proxy-setup nix-daemon; do",
      "  if systemctl cat $unit >/dev/null 2>&1; then systemctl restart $unit; fi",
      "done",
    ],
  };
}
