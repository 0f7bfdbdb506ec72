import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { home } from "../../support/sandbox.ts";
import { type Ran, spawn } from "./spawn.ts";
import { trackedTree } from "./tracked-tree.ts";

/** A Nix without a network, this repository's flake, and stand-ins for its inputs. */
export interface NixHarness {
  /** `stand-in`: packages are placeholders that say how they were called. `real`: KONDUCTOR_NIX_INPUTS names trees. */
  readonly inputs: "stand-in" | "real";
  /** The flake as Nix sees it: a store path with the tracked files of this working tree. */
  readonly flake: string;
  /** The folder of facts about nixpkgs and of pins, absolute. */
  readonly facts: string;
  /** Input name to folder, in the store. */
  readonly inputPaths: ReadonlyMap<string, string>;
  /** The program, absolute; and the folder that it keeps everything in. */
  readonly program: string;
  readonly home: string;
  /** Runs `nix …`. */
  nix(args: readonly string[]): Promise<Ran>;
  /** What makes a `nix` command take the stand-ins; `prefix` names an input that has this flake's inputs as its own. */
  overrides(prefix?: string): readonly string[];
  /** `nix eval --json FLAKE#ATTR --apply FUNCTION`; throws with Nix's words where it fails. */
  evaluate(attribute: string, apply?: string): Promise<unknown>;
  /** Builds `FLAKE#ATTR` for each and gives the store paths; throws with Nix's words where one fails. */
  build<const A extends readonly string[]>(...attributes: A): Promise<{ [I in keyof A]: string }>;
  /** `nix develop FLAKE#SHELL --command …`. */
  develop(shell: string, command: readonly string[]): Promise<Ran>;
  /** What direnv and `nix develop` source to enter a shell, as `nix print-dev-env` prints it. */
  developmentScript(shell: string): Promise<string>;
}

const nixHome = process.env["NIX_OFFLINE_HOME"] ?? join(homedir(), ".cache/nix-offline");
const harnessFolder = join(home, "test/nix/harness");
const program = (name: string): string => join(harnessFolder, "bin", name);

/** The harness, or why there is none on this machine. */
export async function openNixHarness(): Promise<NixHarness | string> {
  const facts = Bun.spawnSync([program("facts-folder")]);
  if (facts.exitCode !== 0) {
    return facts.stderr.toString().trim();
  }
  const version = await runNix(["--version"]);
  if (version.exitCode !== 0) {
    return `no Nix for tests: ${version.stderr.trim()}`;
  }
  const real = process.env["KONDUCTOR_NIX_INPUTS"];
  const inputPaths = await addInputs(real ?? standIns(), real === undefined);
  const tree = trackedTree(home);
  try {
    const flake = await addToStore(tree.path);
    const inputs = real === undefined ? "stand-in" : "real";
    return makeHarness({ inputs, flake, inputPaths, facts: facts.stdout.toString().trim() });
  } finally {
    tree[Symbol.dispose]();
  }
}

function makeHarness(given: Pick<NixHarness, "inputs" | "flake" | "inputPaths" | "facts">): NixHarness {
  const { flake, inputPaths } = given;
  const overrides = (prefix?: string): readonly string[] => [
    "--offline",
    "--no-write-lock-file",
    ...[...inputPaths].flatMap(([name, path]) => [
      "--override-input",
      prefix === undefined ? name : `${prefix}/${name}`,
      `path:${path}`,
    ]),
  ];
  return {
    ...given,
    program: program("nix-offline"),
    home: nixHome,
    nix: runNix,
    overrides,
    develop: (shell, command) => runNix(["develop", ...overrides(), `path:${flake}#${shell}`, "--command", ...command]),
    async developmentScript(shell) {
      return stdoutOf(await runNix(["print-dev-env", ...overrides(), `path:${flake}#${shell}`]));
    },
    async evaluate(attribute, apply) {
      const args = ["eval", "--json", ...overrides(), `path:${flake}#${attribute}`];
      const ran = await runNix(apply === undefined ? args : [...args, "--apply", apply]);
      return JSON.parse(stdoutOf(ran));
    },
    async build<const A extends readonly string[]>(...attributes: A) {
      const wanted = attributes.map((attribute) => `path:${flake}#${attribute}`);
      const ran = await runNix(["build", "--no-link", "--print-out-paths", ...overrides(), ...wanted]);
      return stdoutOf(ran).trim().split("\n") as { [I in keyof A]: string };
    },
  };
}

function runNix(args: readonly string[]): Promise<Ran> {
  const env = { PATH: process.env["PATH"], HOME: homedir(), NIX_OFFLINE_HOME: nixHome };
  // A text that names several packages cannot be read back from Nix' cache of values: https://github.com/NixOS/nix/issues/6574.
  const fresh = args[0] === "eval" ? ["--no-eval-cache"] : [];
  return spawn([program("nix-offline"), ...args, ...fresh], home, env);
}

/** The output of a call that has to work. */
export function stdoutOf(ran: Ran): string {
  if (ran.exitCode !== 0) {
    throw new Error(`it ended with ${ran.exitCode}:\n${ran.stderr}`);
  }
  return ran.stdout;
}

async function addToStore(path: string): Promise<string> {
  return stdoutOf(await runNix(["store", "add", "--name", "source", path])).trim();
}

/** Makes the stand-ins where their sources or facts changed, and gives the list of them. Safe beside other processes. */
function standIns(): string {
  const place = join(homedir(), ".cache/konductor-test/nix-stand-ins");
  const folder = join(place, standInKey());
  if (!existsSync(folder)) {
    mkdirSync(place, { recursive: true });
    const made = mkdtempSync(join(place, "new-"));
    // Their paths stand in the files, so they are made for the folder that they will be in.
    const ran = Bun.spawnSync([program("make-stub"), made, folder]);
    if (ran.exitCode !== 0) {
      throw new Error(ran.stderr.toString());
    }
    try {
      renameSync(made, folder);
    } catch {
      rmSync(made, { recursive: true, force: true });
    }
  }
  return join(folder, "inputs.txt");
}

function standInKey(): string {
  const hasher = new Bun.CryptoHasher("sha256");
  for (const path of [...new Bun.Glob("**").scanSync({ cwd: harnessFolder, onlyFiles: true })].sort()) {
    hasher.update(`${path}\0`).update(readFileSync(join(harnessFolder, path)));
  }
  const facts = Bun.spawnSync([program("facts-folder")])
    .stdout.toString()
    .trim();
  for (const path of [...new Bun.Glob("*.json").scanSync({ cwd: facts })].sort()) {
    hasher.update(`${path}\0`).update(readFileSync(join(facts, path)));
  }
  return hasher.digest("hex").slice(0, 16);
}

/** Copies each input of a list (`NAME PATH` a line) into the store, so that Nix reads it once and not at each call. */
async function addInputs(list: string, isOurs: boolean): Promise<ReadonlyMap<string, string>> {
  // The folder of our own stand-ins is named by what is in it, so their store paths may be remembered.
  const memo = join(nixHome, "stand-ins", basename(dirname(list)));
  if (isOurs && existsSync(memo)) {
    return new Map(JSON.parse(readFileSync(memo, "utf8")) as [string, string][]);
  }
  const paths = new Map<string, string>();
  for (const line of readFileSync(list, "utf8").split("\n")) {
    const [name, path] = line.trim().split(/\s+/);
    if (name !== undefined && path !== undefined) {
      paths.set(name, await addToStore(path));
    }
  }
  if (isOurs) {
    await Bun.write(memo, JSON.stringify([...paths]));
  }
  return paths;
}
