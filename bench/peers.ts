import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import pins from "./peers.json" with { type: "json" };

/** The programs that `k` is compared with, as far as they could be had. */
export interface Peers {
  /** The folder of a peer's programs, for PATH; undefined where it could not be had. */
  folder(name: string): string | undefined;
  /** A program of a peer, absolute; that of its own name where none is given. */
  program(name: string, program?: string): string | undefined;
  /** What its programs need to be told, as an installation would have: where their modules are. */
  env(name: string): Readonly<Record<string, string>>;
  readonly versions: Readonly<Record<string, string>>;
  /** By name, with the reason. */
  readonly missing: Readonly<Record<string, string>>;
}

/** What `peers.json` says of a peer on this platform. */
export interface Pin {
  readonly name: string;
  readonly version: string;
  readonly source:
    | { readonly registry: "npm"; readonly package: string }
    /** Packages of Debian, the peer's own first. */
    | { readonly registry: "debian"; readonly packages: readonly string[] };
  /** Program → file, relative to the peer's folder. */
  readonly programs: Readonly<Record<string, string>>;
}

const platform = `${process.platform}-${process.arch}`;

/** Those that may be had on this platform. */
export function pinned(): readonly Pin[] {
  const npm = Object.entries(pins.npm).flatMap(([name, { version, packages, programs }]): readonly Pin[] => {
    const own = (packages as Readonly<Record<string, string>>)[platform];
    if (own === undefined) {
      return [];
    }
    const files = Object.entries(programs).map(([program, file]) => [program, join("node_modules", own, file)]);
    return [{ name, version, source: { registry: "npm", package: own }, programs: Object.fromEntries(files) }];
  });
  const debian = Object.entries(pins.debian).map(([name, pin]): Pin => {
    const packages = [`${name}=${pin.version}`, ...pin.with];
    return { name, version: pin.version, source: { registry: "debian", packages }, programs: pin.programs };
  });
  return [...npm, ...debian];
}

/** Where they are installed below `k`'s cache folder: a change of the pins makes a new one. */
export function peersFolder(cache: string): string {
  return join(cache, "bench", `peers-${Bun.hash(JSON.stringify(pins)).toString(16)}`);
}

/** Where the programs of a peer are put under their own names, below its folder. */
export function binFolder(peer: string): string {
  return join(peer, "bin");
}

/** Those that are installed in this folder. */
export function openPeers(folder: string): Peers {
  const all = pinned();
  const there = all.filter(({ name }) => existsSync(join(folder, name)));
  const bin = (name: string): string => binFolder(join(folder, name));
  const isThere = (name: string): boolean => there.some((pin) => pin.name === name);
  const known = [...Object.keys(pins.npm), ...Object.keys(pins.debian)];
  const absent = known.filter((name) => !isThere(name));
  return {
    folder: (name) => (isThere(name) ? bin(name) : undefined),
    program: (name, program = name) => (isThere(name) ? join(bin(name), program) : undefined),
    env: (name) =>
      envOf(
        folder,
        all.find((pin) => pin.name === name)
      ),
    versions: Object.fromEntries(there.map(({ name, version }) => [name, version])),
    missing: {
      ...pins.unavailable,
      ...Object.fromEntries(absent.map((name) => [name, `its package for ${platform} could not be had`])),
    },
  };
}

/** Debian's Python finds modules below its own prefix alone. */
function envOf(folder: string, pin: Pin | undefined): Readonly<Record<string, string>> {
  const [program] = pin?.source.registry === "debian" ? Object.values(pin.programs) : [];
  return pin === undefined || program === undefined
    ? {}
    : { PYTHONPATH: join(folder, pin.name, dirname(program), "../lib/python3/dist-packages") };
}
