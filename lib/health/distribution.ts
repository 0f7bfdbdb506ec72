import { readMachine } from "./machine-files.ts";
import type { World } from "./world.ts";

export const packageManagers = ["apt", "dnf", "pacman", "zypper", "apk", "brew", "nix"] as const;

export type PackageManager = (typeof packageManagers)[number];

/** What `/etc/os-release` says (os-release(5)); macOS has none. */
export interface Distribution {
  readonly id: string;
  readonly like: readonly string[];
  readonly name: string;
}

export function readDistribution(world: Pick<World, "at" | "platform">): Distribution {
  if (world.platform === "darwin") {
    return { id: "macos", like: [], name: "macOS" };
  }
  const text = readMachine(world, "/etc/os-release") ?? readMachine(world, "/usr/lib/os-release") ?? "";
  const field = (name: string): string =>
    new RegExp(`^${name}=(.*)$`, "m").exec(text)?.[1]?.replace(/^(["'])(.*)\1$/, "$2") ?? "";
  return {
    id: field("ID") || "linux",
    like: field("ID_LIKE").split(" ").filter(Boolean),
    name: field("PRETTY_NAME") || field("NAME") || "Linux",
  };
}

const byDistribution: Readonly<Record<string, PackageManager>> = {
  debian: "apt",
  ubuntu: "apt",
  fedora: "dnf",
  rhel: "dnf",
  centos: "dnf",
  arch: "pacman",
  suse: "zypper",
  opensuse: "zypper",
  alpine: "apk",
  macos: "brew",
  nixos: "nix",
};

const programs: Readonly<Record<PackageManager, string>> = {
  apt: "apt-get",
  dnf: "dnf",
  pacman: "pacman",
  zypper: "zypper",
  apk: "apk",
  brew: "brew",
  nix: "nix",
};

/** The package manager of the distribution, even where PATH does not lead to it; else the first that is on PATH. */
export function packageManager(world: Pick<World, "at" | "platform" | "which">): PackageManager | undefined {
  const { id, like } = readDistribution(world);
  const known = [id, ...like].map((name) => byDistribution[name]).find((manager) => manager !== undefined);
  return known ?? packageManagers.find((manager) => world.which(programs[manager]) !== undefined);
}

/** The start of a command that only root may run. */
export function asRoot({ user }: Pick<World, "user">): string {
  return user.uid === 0 ? "" : "sudo ";
}
