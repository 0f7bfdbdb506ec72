import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { stateFolders } from "../host/folders.ts";
import { loadFlakeLock } from "../nix/flake-lock.ts";
import { flavourOf, nixVersion } from "../nix/version.ts";
import { readGitStatus } from "./git-status.ts";
import { hasFile } from "./machine-files.ts";
import { firstLine } from "./program.ts";
import type { ContainerStatus, FlakeStatus, HookStatus, ShellStatus, Status } from "./status.ts";
import type { World } from "./world.ts";

/** What the caller knows and this part of `k` may not ask for. */
export interface Known {
  readonly projectName: string | undefined;
  readonly faults: readonly string[];
  tools(): Status["tools"];
  /** Whether the file in a hook's place is `k`'s. */
  isOurs(path: string): boolean;
  readonly hookNames: readonly string[];
}

/** At most three short processes (two of git, one of Nix), and no network; `full` also asks the container engine. */
export async function readStatus(world: World, known: Known, full: boolean): Promise<Status> {
  const { project, env } = world;
  const [git, nix, hooks, containers, machines] = await Promise.all([
    readGitStatus(world),
    nixStatus(world),
    hookStatus(world, known),
    containerStatus(world, full),
    world.machines(),
  ]);
  return {
    project: {
      name: known.projectName ?? (basename(project.root) || project.root),
      root: project.root,
      kind: project.kind,
      faults: known.faults,
    },
    git,
    shell: shellStatus(world),
    tools: known.tools(),
    nix,
    flake: flakeStatus(world),
    machines,
    containers,
    hooks,
    cache: cacheStatus(stateFolders(env).cache),
  };
}

function shellStatus(world: World): ShellStatus {
  const { env } = world;
  const set = (name: string): string | undefined => ((env[name] ?? "") === "" ? undefined : env[name]);
  return {
    konductor: set("KONDUCTOR_SHELL"),
    nix: set("IN_NIX_SHELL") !== undefined || set("KONDUCTOR_SHELL") !== undefined,
    direnv: set("DIRENV_DIR")?.replace(/^-/, ""),
    container: existsSync(world.at("/.dockerenv")) || existsSync(world.at("/run/.containerenv")),
  };
}

/** A Nix from the store has its version in its path, so that nobody has to be asked. */
async function nixStatus(world: World): Promise<Status["nix"]> {
  const path = world.which("nix");
  if (path === undefined) {
    return undefined;
  }
  const [, flavour = "", version] = /^\/nix\/store\/[^/]+-(nix|lix|determinate-nix)-(\d[^/]*)\//.exec(real(path)) ?? [];
  if (version !== undefined) {
    return { path, flavour: flavourOf(flavour), version };
  }
  const ran = await world.run([path, "--version"], { cwd: "/", timeout: 2 });
  return { path, flavour: flavourOf(ran.stdout), version: nixVersion(ran.stdout) };
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function flakeStatus(world: World): FlakeStatus | undefined {
  if (!hasFile(world, "flake.nix")) {
    return undefined;
  }
  const lock = loadFlakeLock(world.project.root);
  return {
    inputs: lock.state === "read" ? lock.inputs : [],
    fault: lock.state === "missing" ? "there is no flake.lock" : lock.state === "unreadable" ? lock.why : undefined,
  };
}

async function hookStatus(world: World, { isOurs, hookNames }: Known): Promise<HookStatus | undefined> {
  const git = world.which("git");
  const { worktree } = world.project;
  if (git === undefined || worktree === undefined) {
    return undefined;
  }
  const ran = await world.run([git, "rev-parse", "--git-path", "hooks"], { cwd: worktree, timeout: 2 });
  if (ran.exitCode !== 0) {
    return undefined;
  }
  const folder = resolve(worktree, ran.stdout.replace(/\n$/, ""));
  return { folder, installed: hookNames.filter((name) => isOurs(join(folder, name))) };
}

async function containerStatus(world: World, full: boolean): Promise<ContainerStatus> {
  const engine = (["docker", "podman"] as const).find((name) => world.which(name) !== undefined);
  const path = engine === undefined ? undefined : world.which(engine);
  if (!full || path === undefined) {
    return { engine, running: undefined, fault: undefined };
  }
  const ran = await world.run([path, "ps", "--format", "{{.Names}}"], { cwd: "/" });
  return ran.exitCode === 0
    ? { engine, running: ran.stdout.split("\n").filter(Boolean), fault: undefined }
    : { engine, running: undefined, fault: ran.timedOut ? "it does not answer" : firstLine(ran.stderr) };
}

/** Sizes of files, not what is in them; two folders deep, which is all that `k` makes. */
function cacheStatus(folder: string): Status["cache"] {
  const files = filesIn(folder, 2);
  const sum = (some: readonly CacheFile[]): number => some.reduce((bytes, file) => bytes + file.bytes, 0);
  return {
    folder,
    bytes: sum(files),
    resultBytes: sum(files.filter(({ name }) => /\.(sqlite|db)(-\w+)?$/.test(name))),
  };
}

interface CacheFile {
  readonly name: string;
  readonly bytes: number;
}

function filesIn(folder: string, depth: number): readonly CacheFile[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return depth > 0 ? filesIn(path, depth - 1) : [];
      }
      return entry.isFile() ? [{ name: entry.name, bytes: statSync(path).size }] : [];
    });
  } catch {
    return [];
  }
}
