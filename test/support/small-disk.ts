import { lstatSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk extends Disposable {
  readonly path: string;
}

/** A file system in memory of so many KiB; undefined where this user may not mount one. */
export function smallDisk(kib: number): SmallDisk | undefined {
  const path = realpathSync(mkdtempSync(join(tmpdir(), "k-disk-")));
  const options = `size=${kib}k,nr_inodes=20000`;
  if (Bun.spawnSync(["mount", "-t", "tmpfs", "-o", options, "none", path], { stderr: "ignore" }).exitCode !== 0) {
    rmSync(path, { recursive: true });
    return undefined;
  }
  return {
    path,
    [Symbol.dispose]() {
      Bun.spawnSync(["umount", "--lazy", path]);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export function canMount(): boolean {
  using disk = smallDisk(64);
  return disk !== undefined;
}

/** Two folders on different file systems; undefined where the machine has only one to write on. */
export function twoFileSystems(): readonly [string, string] | undefined {
  const memory = "/dev/shm";
  const there = lstatSync(memory, { throwIfNoEntry: false });
  return there === undefined || there.dev === lstatSync(tmpdir()).dev ? undefined : [tmpdir(), memory];
}

/** A folder that nobody, not even root, may write in; undefined where this user may not make one. */
export function seal(folder: string): Disposable | undefined {
  mkdirSync(folder, { recursive: true });
  const mounted = Bun.spawnSync(["sh", "-c", 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1"', "sh", folder], {
    stderr: "ignore",
  });
  if (mounted.exitCode !== 0) {
    return undefined;
  }
  return { [Symbol.dispose]: () => void Bun.spawnSync(["umount", "--lazy", folder]) };
}
