import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Config } from "../config/config.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext } from "../core/task.ts";
import type { ImageFlags } from "../core/image.ts";
import type { StartFlags } from "../core/vm.ts";
import type { ImageRequest } from "../image/image-world.ts";
import { defaultImageMachine } from "../image/run-step.ts";
import { coreCount } from "../host/cores.ts";
import { konductorFacts } from "../nix/facts.ts";
import { defaultName } from "../vm/machine.ts";
import type { StartRequest } from "../vm/start-request.ts";
import { callOrFail, programIn, type VmWorld } from "../vm/world.ts";

const mib = 1024 * 1024;

type VmConfig = Config["vm"];

type Place = Pick<TaskContext, "root" | "cwd">;

/** What the user and the settings say of a start, as the domain takes it; throws a `ProblemError` for what cannot be. */
export async function startRequest(
  flags: StartFlags,
  vm: VmConfig,
  { root, cwd }: Place,
  world: VmWorld
): Promise<StartRequest> {
  return {
    ...hardwareOf(flags, vm),
    name: flags.name ?? defaultName,
    isNameGiven: flags.name !== undefined,
    waits: true,
    image: imageOf(flags.image, vm, root, cwd),
    isImageGiven: flags.image !== undefined,
    port: flags.port ?? vm.port,
    isPortFixed: flags.port !== undefined,
    diskSize: flags.disk ?? vm.disk,
    share: shareOf(flags.share, vm, root, cwd),
    passwordLogin: vm.password_login,
    project: root,
    user: await whoIsThis(world),
  };
}

function hardwareOf(flags: Pick<StartFlags, "memory" | "cpus" | "accel" | "wait">, vm: VmConfig) {
  return {
    memoryMiB: flags.memory ?? Math.floor(vm.memory / mib),
    cpus: flags.cpus ?? vm.cpus ?? Math.min(4, coreCount()),
    accelerator: flags.accel ?? (vm.accel as StartRequest["accelerator"]),
    timeout: flags.wait,
  };
}

/** The same for a run of the image pipeline, whose machine shares nothing and knows only the image's own admin. */
export function imageRequest(flags: ImageFlags, vm: VmConfig, { root, cwd }: Place): ImageRequest {
  const [name, admin] = Object.entries(konductorFacts.users.users).find(([, user]) => user.sudo) ?? [];
  if (name === undefined || admin === undefined) {
    throw new Error("the facts name a user with sudo");
  }
  const image = flags.image ?? (vm.image === undefined ? undefined : join(root, vm.image));
  return {
    machine: {
      ...hardwareOf(flags, vm),
      name: flags.name ?? defaultImageMachine,
      isNameGiven: true,
      waits: true,
      isImageGiven: true,
      port: vm.port,
      isPortFixed: false,
      diskSize: undefined,
      share: undefined,
      passwordLogin: false,
      isForImage: true,
      project: root,
      user: { name, uid: admin.uid },
    },
    image: image === undefined ? undefined : realpathIfThere(resolve(cwd, image)),
    out: flags.out === undefined ? undefined : resolve(cwd, flags.out),
    replaces: flags.force,
    skipsBoot: flags["skip-boot"],
    root,
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
  return realpathIfThere(path);
}

function realpathIfThere(path: string): string {
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
