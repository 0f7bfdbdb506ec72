import { existsSync, mkdirSync, readdirSync, rmSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import type { MachineFiles } from "./machine.ts";
import { callOrFail, programIn, type VmWorld } from "./world.ts";

/** Less than this free on the host, in bytes, and a guest stops in the middle of a boot. */
const leastFree = 512 * 1024 * 1024;

/** Throws a `ProblemError` where the file system of this folder is nearly full. */
export function checkSpace(folder: string): void {
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < leastFree) {
    throw new ProblemError({
      kind: "file",
      path: folder,
      what: "the machine's disk has no room",
      why: `${Math.floor((bavail * bsize) / 1024 / 1024)} MiB are free, and a boot wants ${leastFree / 1024 / 1024}`,
      hint: "free some, or set XDG_STATE_HOME to another disk",
    });
  }
}

/** A disk that starts as `base` and keeps only what differs; the base is never written. `size` as qemu-img takes it. */
export async function newOverlay(files: MachineFiles, base: string, world: VmWorld, size?: string): Promise<string> {
  mkdirSync(files.disks, { recursive: true, mode: 0o700 });
  const path = freshDisk(files);
  const qemuImg = programIn(world, "qemu-img", "qemu-utils");
  const argv = [qemuImg, "create", "-q", "-f", "qcow2", "-F", "qcow2", "-b", base, path] as const;
  await callOrFail(world, [...argv, ...(size === undefined ? [] : [size])], (said) => ({
    kind: "file",
    path,
    what: "the machine's disk was not made",
    why: said.split("\n").at(-1) ?? said,
  }));
  return path;
}

/** A name that no disk has. */
export function freshDisk(files: MachineFiles): string {
  for (let number = 0; ; number += 1) {
    const path = join(files.disks, `${number}.qcow2`);
    if (!existsSync(path)) {
      return path;
    }
  }
}

/** A disk and all those that it stands on; the image at the end is among them. */
export async function chainOf(disk: string, world: VmWorld): Promise<readonly string[]> {
  const qemuImg = programIn(world, "qemu-img", "qemu-utils");
  const text = await callOrFail(world, [qemuImg, "info", "-U", "--backing-chain", "--output=json", disk], (said) => ({
    kind: "file",
    path: disk,
    what: "the machine's disk cannot be read",
    why: said.split("\n").at(-1) ?? said,
    hint: "`k vm:reset` starts from the image again",
  }));
  return (JSON.parse(text) as readonly { readonly filename: string }[]).map(({ filename }) => filename);
}

/** Removes the disks that nothing stands on any more; where one cannot be read, none. */
export async function dropUnused(files: MachineFiles, used: readonly string[], world: VmWorld): Promise<void> {
  if (!existsSync(files.disks)) {
    return;
  }
  const chains = await Promise.all(used.map((disk) => chainOf(disk, world))).catch(() => undefined);
  if (chains === undefined) {
    return;
  }
  const kept = new Set(chains.flat());
  for (const name of readdirSync(files.disks)) {
    const path = join(files.disks, name);
    if (!kept.has(path)) {
      rmSync(path, { force: true });
    }
  }
}
