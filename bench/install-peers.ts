import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { binFolder, openPeers, type Peers, peersFolder, type Pin, pinned } from "./peers.ts";
import { call } from "./process.ts";

/**
 * The peers that `peers.json` pins, installed below `cache` (absolute) where they are not there yet: packages of the npm
 * registry, no install script run, and packages of Debian, unpacked and not installed. `env` is the user's own: it says
 * which registries there are. What cannot be had is told, and is tried again the next time.
 */
export function installPeers(cache: string, env: Readonly<Record<string, string>>, log: (line: string) => void): Peers {
  const folder = peersFolder(cache);
  const reasons: Record<string, string> = {};
  for (const pin of pinned()) {
    const place = join(folder, pin.name);
    if (existsSync(place)) {
      continue;
    }
    log(`installing ${pin.name} ${pin.version} in ${folder}`);
    // Under another name until it is whole.
    const unfinished = `${place}.${process.pid}`;
    mkdirSync(unfinished, { recursive: true });
    try {
      install(pin, unfinished, env);
      renameSync(unfinished, place);
    } catch (error) {
      const [first = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
      reasons[pin.name] = first;
      log(`${pin.name} cannot be had: ${first}`);
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  const peers = openPeers(folder);
  return { ...peers, missing: { ...peers.missing, ...reasons } };
}

function install(pin: Pin, folder: string, env: Readonly<Record<string, string>>): void {
  if (pin.source.registry === "npm") {
    fromNpm(pin.source.package, pin.version, folder, env);
  } else {
    fromDebian(pin.source.packages, folder, env);
  }
  link(pin, folder);
}

function fromNpm(name: string, version: string, folder: string, env: Readonly<Record<string, string>>): void {
  const manifest = { private: true, trustedDependencies: [], dependencies: { [name]: version } };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  call({ argv: [process.execPath, "install", "--ignore-scripts"], cwd: folder, env });
}

function fromDebian(packages: readonly string[], cwd: string, env: Readonly<Record<string, string>>): void {
  call({ argv: ["apt-get", "download", ...packages], cwd, env });
  for (const file of readdirSync(cwd).filter((entry) => entry.endsWith(".deb"))) {
    call({ argv: ["dpkg-deb", "-x", file, "."], cwd, env });
    rmSync(join(cwd, file));
  }
}

/** Relative links, so that they stay right when the folder gets its name. */
function link({ programs }: Pin, folder: string): void {
  const bin = binFolder(folder);
  mkdirSync(bin, { recursive: true });
  for (const [program, file] of Object.entries(programs)) {
    if (!existsSync(join(folder, file))) {
      throw new Error(`its package has no ${file}`);
    }
    symlinkSync(join("..", file), join(bin, program));
  }
}
