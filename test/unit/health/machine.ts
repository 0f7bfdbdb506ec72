import { chmodSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../../../lib/health/check.ts";
import { checkNamed } from "../../../lib/health/checks.ts";
import { createWorld, type Surroundings } from "../../../lib/health/create-world.ts";
import type { World } from "../../../lib/health/world.ts";
import { createSpawner } from "../../../lib/host/process/spawner.ts";
import { type TempFolder, tempFolder } from "../../support/temp-folder.ts";

export interface MachineOptions {
  /** Below the folder that stands for `/`. */
  readonly machine?: Readonly<Record<string, string>>;
  /** Below the project's root. */
  readonly project?: Readonly<Record<string, string>>;
  /** Below HOME. */
  readonly home?: Readonly<Record<string, string>>;
  /** Shell scripts on PATH, which holds nothing else but what they are made with. */
  readonly programs?: Readonly<Record<string, string>>;
  /** Programs of this machine that are on its PATH too. */
  readonly links?: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly around?: Partial<Surroundings>;
  readonly repository?: boolean;
}

export interface Machine extends AsyncDisposable {
  readonly world: World;
  readonly folder: TempFolder;
  /** The absolute path of something on it. */
  at(...parts: readonly string[]): string;
  probe(check: string): Promise<Result>;
}

/** What scripts are made with, and the shell that runs them. */
const basics = ["sh", "cat", "sleep", "id"];

/** A machine in a folder: its files, programs, home and project are those given, and nothing else. Real processes. */
export function machine(options: MachineOptions = {}): Machine {
  const folder = tempFolder();
  const put = (below: string, files: Readonly<Record<string, string>> = {}): void => {
    folder.folder(below);
    for (const [path, text] of Object.entries(files)) {
      folder.write(join(below, path), text);
    }
  };
  put("machine", { "etc/os-release": 'ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n', ...options.machine });
  put("project", options.project);
  put("home", options.home);
  put("bin");
  for (const name of [...basics, ...(options.links ?? [])]) {
    symlinkSync(Bun.which(name) ?? name, folder.at("bin", name));
  }
  for (const [name, script] of Object.entries(options.programs ?? {})) {
    chmodSync(folder.write(join("bin", name), `#!${folder.at("bin", "sh")}\n${script}\n`), 0o755);
  }
  const spawner = createSpawner({ graceMs: 100, guardian: false });
  const root = folder.at("project");
  const world = createWorld({
    platform: "linux",
    arch: "x64",
    env: { PATH: folder.at("bin"), HOME: folder.at("home"), ...options.env },
    user: { name: "ann", uid: process.getuid?.() ?? 0 },
    project: {
      root,
      kind: options.repository === true ? "git" : "folder",
      worktree: options.repository === true ? root : undefined,
      faults: [],
      untrusted: false,
    },
    home: folder.at("k"),
    program: folder.at("k", "k"),
    bun: { version: Bun.version, path: process.execPath },
    bunRange: ">=1.4.0 <2",
    terminal: { live: true, columns: 80 },
    spawner,
    machineRoot: folder.at("machine"),
    sshPort: 0,
    now: () => Date.UTC(2026, 0, 31),
    tools: () => Promise.resolve([]),
    machines: () => Promise.resolve([]),
    completions: { due: () => Promise.resolve(undefined), install: () => Promise.resolve("installed") },
    hooks: () => Promise.resolve({ folder: "", installed: [], problems: [], others: [] }),
    installHooks: () => Promise.resolve("installed"),
    ...options.around,
  });
  return {
    world,
    folder,
    at: (...parts) => folder.at(...parts),
    async probe(name) {
      const check = checkNamed(name);
      if (check === undefined) {
        throw new Error(`no check is called ${name}`);
      }
      return check.probe(world);
    },
    async [Symbol.asyncDispose]() {
      await spawner.close();
      folder[Symbol.dispose]();
    },
  };
}
