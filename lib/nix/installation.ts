import { existsSync, realpathSync, statSync } from "node:fs";

/** How the Nix of this machine came here, and so how it goes. */
export type Installation =
  /** Its installer stayed, and takes back all that it did. */
  | { readonly kind: "installer"; readonly program: string; readonly name: string }
  /** It is removed by hand; `steps` are for a person, in order. */
  | { readonly kind: "by-hand"; readonly what: string; readonly steps: readonly string[]; readonly url: string }
  /** The system is made of it. */
  | { readonly kind: "nixos" }
  | { readonly kind: "none" };

/** What has to be known of the machine. */
export interface InstallationPlace {
  readonly platform: string;
  at(path: string): string;
  which(program: string): string | undefined;
}

const manual = "https://nix.dev/manual/nix/latest/installation/uninstall";

/** Each is named by the installer itself; a fork keeps the receipt's name and not the program's. */
const installers = [
  { path: "/nix/lix-installer", name: "the installer of Lix" },
  { path: "/nix/nix-installer", name: "the installer of Determinate Systems" },
] as const;

export function findInstallation(machine: InstallationPlace): Installation {
  const has = (path: string): boolean => existsSync(machine.at(path));
  if (has("/etc/NIXOS")) {
    return { kind: "nixos" };
  }
  const installer = installers.find(({ path }) => has(path));
  if (installer !== undefined) {
    return { kind: "installer", program: machine.at(installer.path), name: installer.name };
  }
  if (has("/nix/receipt.json")) {
    return {
      kind: "by-hand",
      what: "an installer left its receipt, /nix/receipt.json, and is gone itself",
      steps: ["fetch that installer again, the same version", "run it as root: INSTALLER uninstall /nix/receipt.json"],
      url: "https://install.lix.systems/lix",
    };
  }
  return packaged(machine) ?? scripted(machine);
}

/** A Nix that does not live in its own store belongs to the system's package manager. */
function packaged({ which }: InstallationPlace): Installation | undefined {
  const found = which("nix");
  const real = found === undefined ? undefined : realpathSync(found);
  return real === undefined || real.includes("/nix/")
    ? undefined
    : {
        kind: "by-hand",
        what: `${real} is a package of this system`,
        steps: ["remove it with the package manager, as in `apt-get remove nix-bin`", "then, as root: rm -rf /nix"],
        url: manual,
      };
}

/** What the script of nixos.org leaves; macOS has a volume and launch daemons of its own. */
function scripted(machine: InstallationPlace): Installation {
  const store = statSync(machine.at("/nix"), { throwIfNoEntry: false });
  if (store === undefined) {
    return { kind: "none" };
  }
  if (machine.platform === "darwin") {
    return {
      kind: "by-hand",
      what: "the script of nixos.org installed it",
      steps: ["take the steps of that page, in order"],
      url: manual,
    };
  }
  const hasDaemon = existsSync(machine.at("/etc/systemd/system/nix-daemon.service")) || store.uid === 0;
  return hasDaemon
    ? {
        kind: "by-hand",
        what: "the script of nixos.org installed it, with a daemon",
        steps: [
          "systemctl disable --now nix-daemon.socket nix-daemon.service",
          "put back what it kept of your shell files: /etc/bashrc.backup-before-nix and its like in /etc",
          "rm -rf /etc/nix /etc/profile.d/nix.sh /etc/tmpfiles.d/nix-daemon.conf /nix ~root/.nix-profile ~root/.nix-defexpr ~root/.nix-channels",
          "userdel each of nixbld1 and on, then groupdel nixbld",
        ],
        url: manual,
      }
    : {
        kind: "by-hand",
        what: "the script of nixos.org installed it, for one user",
        steps: [
          "rm -rf /nix ~/.nix-profile ~/.nix-defexpr ~/.nix-channels ~/.local/state/nix",
          "take the line with nix.sh out of ~/.profile and its like",
        ],
        url: manual,
      };
}
