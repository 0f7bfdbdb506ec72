import { existsSync, readdirSync, realpathSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext } from "../core/task.ts";
import type { StartFlags } from "../core/vm.ts";
import { defaultName } from "../vm/machine.ts";
import type { StartRequest } from "../vm/start-request.ts";
import { callOrFail, programIn, type VmWorld } from "../vm/world.ts";

const mib = 1024 * 1024;

type VmConfig = Config["vm"];

/** What the user and the settings say of a start, as the domain takes it; throws a `ProblemError` for what cannot be. */
export async function startRequest(
  flags: StartFlags,
  vm: VmConfig,
  { root, cwd }: Pick<TaskContext, "root" | "cwd">,
  world: VmWorld
): Promise<StartRequest> {
  return {
    name: flags.name ?? defaultName,
    isNameGiven: flags.name !== undefined,
    waits: true,
    image: imageOf(flags.image, vm, root, cwd),
    isImageGiven: flags.image !== undefined,
    memoryMiB: flags.memory ?? Math.floor(vm.memory / mib),
    cpus: flags.cpus ?? vm.cpus ?? Math.min(4, availableParallelism()),
    port: flags.port ?? vm.port,
    isPortFixed: flags.port !== undefined,
    diskSize: flags.disk ?? vm.disk,
    share: shareOf(flags.share, vm, root, cwd),
    accelerator: flags.accel ?? (vm.accel as StartRequest["accelerator"]),
    passwordLogin: vm.password_login,
    timeout: flags.wait,
    project: root,
    user: await whoIsThis(world),
  };
}

/** By `id`: what the environment says of the user may be missing, or another's. */
async function whoIsThis(world: VmWorld): Promise<StartRequest["user"]> {
  const uid = process.getuid?.() ?? 1000;
  const name = await callOrFail(world, [programIn(world, "id", "coreutils"), "-un"], () => nameless(uid)).catch(
    () => ""
  );
  return { name: name.trim() || "user", uid };
}

function nameless(uid: number) {
  return { kind: "refused", what: `user ${uid} has no name`, hint: "the guest calls them user" } as const;
}

function imageOf(given: string | undefined, vm: VmConfig, root: string, cwd: string): string {
  const path = given === undefined ? (vm.image === undefined ? undefined : join(root, vm.image)) : resolve(cwd, given);
  if (path === undefined) {
    return builtImage(join(root, "result-qcow2"));
  }
  return existsSync(path) ? realpathSync(path) : path;
}

function shareOf(given: string | undefined, vm: VmConfig, root: string, cwd: string): string | undefined {
  if (given === undefined) {
    return vm.share ? root : undefined;
  }
  const path = given === "none" ? undefined : resolve(cwd, given);
  if (path !== undefined && !existsSync(path)) {
    throw new ProblemError({ kind: "file", path: given, what: "it cannot be shared", why: "there is no such folder" });
  }
  return path;
}

/** The image in what `nix build` linked; it lies in the store, read-only. */
export function builtImage(link: string): string {
  const names = existsSync(link) ? readdirSync(link).filter((name) => name.endsWith(".qcow2")) : [];
  const [name] = names;
  if (name === undefined) {
    throw new ProblemError({
      kind: "refused",
      what: "there is no image to boot",
      hint: "`k nix:qcow2` builds it with Nix; without Nix, give one with --image FILE",
    });
  }
  return realpathSync(join(link, name));
}
