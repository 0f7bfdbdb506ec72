import { chmodSync, existsSync, mkdirSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { compareVersions } from "../../lib/host/tool-version.ts";
import { nixVersion, oldestNix } from "../../lib/nix/version.ts";
import { home, type Sandbox, sandbox, type SandboxOptions } from "./sandbox.ts";

/** The offline Nix of the harness: Debian's, unpacked and run without an installation. */
const harness = [join(home, "test/nix/harness/bin/get-nix"), resolve(home, "../shared/nix-stub/bin/get-nix")].find(
  existsSync
);

const programs = ["nix", "nix-store", "nix-collect-garbage", "nix-daemon"] as const;

/** The line of a shell that becomes a Nix new enough; undefined where there is none. `$name` is the program that it is to be. */
const becomeNix: string | undefined = harnessLine() ?? installedLine();

/** Why tests with a real Nix are skipped; undefined where they run. */
export const noNix: string | undefined =
  becomeNix === undefined
    ? `no harness in ../shared/nix-stub, and no Nix ${oldestNix.supported} or newer on PATH`
    : undefined;

function harnessLine(): string | undefined {
  if (harness === undefined) {
    return undefined;
  }
  // It fetches Nix the first time, and test files run side by side.
  const lock = join(homedir(), ".cache/konductor-test/get-nix.lock");
  mkdirSync(dirname(lock), { recursive: true });
  const got = Bun.spawnSync([...(Bun.which("flock") === null ? [] : ["flock", lock]), harness]);
  const root = got.stdout.toString().trim();
  if (got.exitCode !== 0 || root === "") {
    return undefined;
  }
  const libraries = join(root, "usr/lib", `${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`);
  const [loader] = [...new Bun.Glob("ld-linux-*.so.*").scanSync({ cwd: libraries, absolute: true, onlyFiles: false })];
  return loader === undefined
    ? undefined
    : `exec ${loader} --library-path ${libraries} --argv0 "$name" ${root}/usr/bin/nix "$@"`;
}

function installedLine(): string | undefined {
  const path = Bun.which("nix");
  const version = path === null ? undefined : nixVersion(Bun.spawnSync([path, "--version"]).stdout.toString());
  return path === null || version === undefined || compareVersions(version, oldestNix.supported) < 0
    ? undefined
    : `exec -a "$name" ${path} "$@"`;
}

export interface NixBox extends Sandbox {
  /** Absolute, and nobody else's. */
  readonly store: string;
  /** Where the box's programs are, before all others on PATH. */
  readonly bin: string;
  /** nix.conf of the machine, as it were. */
  readonly conf: string;
}

/** A sandbox whose `nix` is real, offline, and has a store, a state and settings of its own. */
export async function nixBox(
  files: Readonly<Record<string, string>> = {},
  options: SandboxOptions = { commit: Object.keys(files).length > 0 }
): Promise<NixBox> {
  const box = await sandbox(files, options);
  const outer = join(box.root, "..");
  const at = (name: string): string => join(outer, "nix", name);
  const bin = join(outer, "bin");
  mkdirSync(bin);
  const conf = await putNix(bin, join(outer, "nix"));
  const env = { ...box.env, PATH: `${bin}:${box.env["PATH"] ?? ""}` };
  const run: Sandbox["run"] = (argv, given = {}) => box.run(argv, { ...given, env: { ...env, ...given.env } });
  const kWith: Sandbox["kWith"] = (given, ...args) => box.kWith({ ...given, env: { ...env, ...given.env } }, ...args);
  return {
    ...box,
    env,
    run,
    kWith,
    k: (...args) => kWith({}, ...args),
    store: at("store"),
    bin,
    conf,
    async [Symbol.asyncDispose]() {
      // Nix takes the write permission from what it built, of folders too.
      await box.run(["chmod", "-R", "u+w", join(outer, "nix")]);
      await box[Symbol.asyncDispose]();
    },
  };
}

/**
 * Puts the programs of a real, offline Nix into `bin`, with a store, a state and settings of its own in `folder`; resolves with the
 * path of those settings. What it builds is without write permission, of folders too.
 */
export async function putNix(bin: string, folder: string): Promise<string> {
  const at = (name: string): string => join(folder, name);
  const conf = join(at("etc"), "nix.conf");
  const settings = [
    "experimental-features = nix-command flakes",
    "substituters =",
    "flake-registry =",
    "sandbox = false",
    "build-users-group =",
  ];
  await Bun.write(conf, `${settings.join("\n")}\n`);
  const script = [
    "#!/bin/bash",
    `export NIX_CONF_DIR=${at("etc")} NIX_STORE_DIR=${at("store")} NIX_STATE_DIR=${at("var")} NIX_LOG_DIR=${at("log")}`,
    `export XDG_CACHE_HOME=${at("cache")} NIX_REMOTE=local`,
    "name=${0##*/}",
    // The hook would start Nix by its own path, which for the harness is the loader's.
    `[[ $name != nix ]] || set -- --option build-hook '' "$@"`,
    becomeNix ?? "exit 127",
  ];
  await Bun.write(join(bin, "nix"), `${script.join("\n")}\n`);
  chmodSync(join(bin, "nix"), 0o755);
  for (const program of programs.slice(1)) {
    symlinkSync("nix", join(bin, program));
  }
  return conf;
}

/** A flake that needs no input and no network: `packages` are shell scripts by name, for these systems. */
export function scriptFlake(
  packages: Readonly<Record<string, string>>,
  { systems = [thisSystem], more = "" }: { readonly systems?: readonly string[]; readonly more?: string } = {}
): string {
  const outputs = Object.entries(packages).map(
    ([name, script]) => `${name} = make system ${JSON.stringify(`${name}-1.0`)} ''${script}'';`
  );
  return `{
  outputs = { self }:
    let
      each = f: builtins.listToAttrs (map (system: { name = system; value = f system; }) [ ${systems.map((one) => `"${one}"`).join(" ")} ]);
      make = system: name: script: derivation {
        inherit name system;
        builder = "/bin/sh";
        args = [ "-c" script ];
      };
      packages = each (system: rec { ${outputs.join("\n")} });
    in
    {
      inherit packages;
      ${more}
    };
}
`;
}

export const thisSystem = `${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux`;
