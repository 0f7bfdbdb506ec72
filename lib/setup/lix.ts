import { createHash } from "node:crypto";
import { chmodSync, closeSync, existsSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { konductorFacts } from "../nix/facts.ts";
import type { Machine } from "./machine.ts";

/** One file of the installation, and the SHA-256 that its bytes must have. */
export interface Pin {
  readonly url: string;
  readonly sha256: string;
}

export interface LixPins {
  readonly installer: Pin;
  readonly package: Pin;
}

/** <https://lix.systems/install/> */
export const lixVersion = konductorFacts.versions.lix.version;

/** Of that version. */
const sums: Readonly<Record<string, { readonly installer: string; readonly package: string }>> = {
  "x86_64-linux": {
    installer: "57564e78a6d57126661fe5e793de70a72bacf9835ddb7c5c0cbfadf3db21545e",
    package: "1f3265d3ef821e723f8c538bca71b537b68553cd7a8cd423e54bdc1185ab5616",
  },
  "aarch64-darwin": {
    installer: "3c71fdcfeddac8fa075b626b6e0ddd9ba73af930e47b4fa027e22c7279f596ae",
    package: "e913209b741e4633acc8cd16e28c395163b5064f8f3211877baaab42d7372f1d",
  },
};

/**
 * What is installed on this kind of machine; undefined where no checksum is known. The installer's address always leads
 * to the newest, so a new one is refused until its checksum is written down here. `K_LIX_MIRROR` names another place that
 * has the same two paths; what it gives must have the same checksums.
 */
export function lixPins({ platform, arch, env }: Pick<Machine, "platform" | "arch" | "env">): LixPins | undefined {
  const system = `${arch === "x64" ? "x86_64" : arch === "arm64" ? "aarch64" : arch}-${platform}`;
  const known = sums[system];
  const mirror = env["K_LIX_MIRROR"]?.replace(/\/+$/, "");
  return known === undefined
    ? undefined
    : {
        installer: {
          url: `${mirror ?? "https://install.lix.systems"}/lix/lix-installer-${system}`,
          sha256: known.installer,
        },
        package: {
          url: `${mirror ?? "https://releases.lix.systems"}/lix/lix-${lixVersion}/lix-${lixVersion}-${system}.tar.xz`,
          sha256: known.package,
        },
      };
}

/**
 * Fetches both files, checks them, and only then runs the installer, which asks for what it needs itself. Resolves with
 * what was done; rejects with a `ProblemError`, nothing being changed where a file could not be had or is another one.
 */
export async function installLix(pins: LixPins, machine: Machine): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "k-lix-"));
  try {
    const installer = join(folder, "lix-installer");
    const archive = join(folder, "lix.tar.xz");
    await download(pins.installer, installer, machine);
    await download(pins.package, archive, machine);
    chmodSync(installer, 0o700);
    const argv = installCommand(installer, archive, machine);
    const exitCode = machine.attended
      ? await machine.runOpenly(argv, { timeout: 1800 })
      : (await machine.run(argv, { timeout: 1800 })).exitCode;
    if (exitCode !== 0) {
      throw new ProblemError({
        kind: "file",
        path: "lix-installer",
        what: "Nix is not installed",
        why: `it exited with ${exitCode}`,
        hint: "it says above what went wrong, and takes back what it did; https://lix.systems/install/",
      });
    }
    return `installed Lix ${lixVersion}; a new shell finds \`nix\``;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The user was told what runs and has said yes: no second question. A container has no systemd that could run the daemon. */
export function installCommand(
  installer: string,
  archive: string,
  { platform, user, at, attended }: Pick<Machine, "platform" | "user" | "at" | "attended">
): readonly [string, ...string[]] {
  const hasInit = platform !== "linux" || existsSync(at("/run/systemd/system"));
  const planner = hasInit ? [] : ["linux", "--init", "none"];
  const words = ["install", ...planner, "--no-confirm", "--enable-flakes", "--nix-package-url", archive];
  // It calls sudo itself, which would wait for a password that nobody can type.
  return user.uid === 0 || attended ? [installer, ...words] : ["sudo", "-n", installer, ...words];
}

async function download(pin: Pin, path: string, machine: Machine): Promise<void> {
  machine.say(`fetching ${pin.url}`);
  const hash = createHash("sha256");
  const descriptor = openSync(path, "wx", 0o600);
  try {
    const response = await fetch(pin.url, { signal: AbortSignal.any([machine.signal, AbortSignal.timeout(600_000)]) });
    if (!response.ok || response.body === null) {
      throw new Error(`the server answers ${response.status}`);
    }
    for await (const bytes of response.body) {
      hash.update(bytes);
      writeSync(descriptor, bytes);
    }
  } catch (error) {
    throw new ProblemError({
      kind: "file",
      path: pin.url,
      what: "not fetched",
      why: error instanceof Error ? error.message : String(error),
      hint: "Lix comes over the network: try again with one, or set K_LIX_MIRROR; nothing was changed",
    });
  } finally {
    closeSync(descriptor);
  }
  const sum = hash.digest("hex");
  if (sum !== pin.sha256) {
    throw new ProblemError({
      kind: "file",
      path: pin.url,
      what: "not run",
      why: `it is not the file that k knows: its SHA-256 is ${sum}, not ${pin.sha256}`,
      hint: "nothing of it was run; a newer k may know it, or install it yourself: https://lix.systems/install/",
    });
  }
}
