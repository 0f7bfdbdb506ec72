import {
  chmodSync,
  chownSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { shellQuoted } from "../../../lib/core/shell-word.ts";
import { konductorFacts } from "../../../lib/nix/facts.ts";
import { home } from "../../support/sandbox.ts";
import type { ImageTexts } from "./image-texts.ts";

export interface RanInRoot {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const scripts = {
  "konductor-entrypoint": "entrypoint.sh",
  "konductor-health": "health.sh",
  nix: "nix-client.sh",
  "nix-build": "nix-client.sh",
};

/** Why no root can be made here; undefined where it can. */
export function whyNoImageRoot(): string | undefined {
  const missing = ["unshare", "chroot", "sudo", "nix-daemon", "setsid"].find(
    (name) => Bun.which(name, { PATH: path }) === null
  );
  if (process.getuid?.() !== 0) {
    return "only root may change its root";
  }
  return missing === undefined ? undefined : `there is no ${missing}`;
}

const path = "/usr/local/bin:/usr/bin:/usr/sbin:/bin:/sbin";

/**
 * The container image's /etc, homes and scripts around this machine's programs: what a container sees, without its
 * packages. Each call has mounts and processes of its own, which end with it.
 */
export class ImageRoot {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), "k-root-")));

  constructor({ oci }: ImageTexts) {
    const { passwd, shadow, group, gshadow, sudoers, profile, bashrc, nsswitch, nixConf } = oci;
    const etc = { passwd, group, profile, bashrc, "nsswitch.conf": nsswitch, "nix/nix.conf": nixConf, "bash.rc": "" };
    for (const [name, text] of Object.entries(etc)) {
      this.write(`etc/${name}`, text, 0o644);
    }
    for (const [name, text] of Object.entries(oci.pam)) {
      this.write(`etc/pam.d/${name}`, text, 0o644);
    }
    this.write("etc/shadow", shadow, 0o600);
    this.write("etc/gshadow", gshadow, 0o600);
    this.write("etc/sudoers", sudoers, 0o440);
    for (const name of ["usr", "proc", "dev", "run/sshd", "var/empty", "nix", "root"]) {
      mkdirSync(join(this.folder, name), { recursive: true });
    }
    for (const name of ["tmp", "workspace"]) {
      mkdirSync(join(this.folder, name));
      chmodSync(join(this.folder, name), 0o1777);
    }
    for (const name of ["bin", "sbin", "lib", "lib64"]) {
      symlinkSync(`usr/${name}`, join(this.folder, name));
    }
    for (const [name, script] of Object.entries(scripts)) {
      this.write(`konductor/${name}`, "", 0o755);
      copyFileSync(join(home, "nix/oci", script), join(this.folder, "konductor", name));
    }
    for (const user of Object.values(konductorFacts.users.users)) {
      const own = join(this.folder, user.home);
      mkdirSync(own, { recursive: true });
      chmodSync(own, 0o700);
      chownSync(own, user.uid, user.gid);
    }
    chmodSync(this.folder, 0o755);
  }

  write(name: string, text: string, mode: number): void {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
  }

  /** Runs a program as a number; groups are those of the image's table. */
  run(uid: number, argv: readonly string[], env: Readonly<Record<string, string>> = {}, stdin = ""): RanInRoot {
    const user = Object.entries(konductorFacts.users.users).find(([, found]) => found.uid === uid);
    const groups = (user?.[1].groups ?? []).map((name) => konductorFacts.users.groups[name]).join(",");
    const gid = user?.[1].gid ?? uid;
    const mounts = ["usr", "dev"].map((name) => `mount --rbind /${name} ${name}`);
    const program = ["chroot", `--userspec=${uid}:${gid}`, `--groups=${groups}`, ".", ...argv]
      .map(shellQuoted)
      .join(" ");
    const ran = Bun.spawnSync(
      [
        "unshare",
        "--mount",
        "--pid",
        "--fork",
        "--kill-child",
        "--",
        "sh",
        "-ec",
        `cd ${shellQuoted(this.folder)}; ${mounts.join("; ")}; mount -t proc proc proc; exec ${program}`,
      ],
      { env: { PATH: `/konductor:${path}`, ...env }, stdin: Buffer.from(stdin), timeout: 60_000 }
    );
    return { exitCode: ran.exitCode, stdout: ran.stdout.toString(), stderr: ran.stderr.toString() };
  }

  /** A line of shell as a user of the table. */
  sh(user: string, line: string): RanInRoot {
    return this.run(konductorFacts.users.users[user]?.uid ?? 0, ["/bin/sh", "-c", line]);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
