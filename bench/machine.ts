import { readFileSync, statfsSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, tmpdir, totalmem, type } from "node:os";
import type { Machine } from "./results.ts";

export function describeMachine(): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memory: totalmem(),
    system: `${systemName()}, ${type()} ${release()}`,
    fileSystem: fileSystemOf(tmpdir()),
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

function systemName(): string {
  try {
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync("/etc/os-release", "utf8"))?.[1] ?? process.platform;
  } catch {
    return process.platform;
  }
}

/** By the numbers of statfs(2). */
const fileSystems: ReadonlyMap<number, string> = new Map([
  [0xef53, "ext4"],
  [0x01021994, "tmpfs"],
  [0x9123683e, "btrfs"],
  [0x58465342, "xfs"],
  [0x794c7630, "overlayfs"],
  [0x2fc12fc1, "zfs"],
]);

function fileSystemOf(folder: string): string {
  const { type: number } = statfsSync(folder);
  return fileSystems.get(number) ?? `file system 0x${number.toString(16)}`;
}
