import type { Mend } from "./check.ts";
import { asRoot, type PackageManager, packageManager } from "./distribution.ts";
import type { World } from "./world.ts";

/** A package by the name that each package manager has for it; one that is left out does not have it. */
export type Packages = Readonly<Partial<Record<PackageManager, string>>>;

const commands: Readonly<Record<PackageManager, (root: string, name: string) => string>> = {
  apt: (root, name) => `${root}apt-get install ${name}`,
  dnf: (root, name) => `${root}dnf install ${name}`,
  pacman: (root, name) => `${root}pacman -S ${name}`,
  zypper: (root, name) => `${root}zypper install ${name}`,
  apk: (root, name) => `${root}apk add ${name}`,
  brew: (_root, name) => `brew install ${name}`,
  nix: (_root, name) => `nix profile install nixpkgs#${name}`,
};

/** The same name everywhere, with exceptions. */
export function packagesNamed(name: string, others: Packages = {}): Packages {
  return { apt: name, dnf: name, pacman: name, zypper: name, apk: name, brew: name, nix: name, ...others };
}

/** The command that brings a package to this machine; where its package manager does not have it, Nix or a page. */
export function installMend(world: World, packages: Packages, url: string): Mend {
  const manager = packageManager(world);
  const name = manager === undefined ? undefined : packages[manager];
  if (manager !== undefined && name !== undefined) {
    return { command: commands[manager](asRoot(world), name) };
  }
  if (packages.nix !== undefined && world.which("nix") !== undefined) {
    return { command: commands.nix("", packages.nix) };
  }
  return { text: "how to install it:", url };
}
