import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultName, type Machine, placeIn } from "../../lib/vm/machine.ts";
import { placesOf } from "../../lib/vm/places.ts";
import { qemuCommand } from "../../lib/vm/qemu-command.ts";
import { readRecord } from "../../lib/vm/record.ts";
import { readSnapshot, snapshotFiles } from "../../lib/vm/snapshot.ts";

type Env = Readonly<Record<string, string>>;

export const snapshotName = "bench";

/** Scripts that do by hand what `k` does: the same QEMU line, seed and keys, and nothing around them. */
export interface RawMachine {
  readonly start: string;
  readonly resume: string;
  /** Ends what either of them started. */
  readonly end: string;
}

/** From a machine of `k` with a snapshot, in a folder of its own. */
export function rawMachine(folder: string, env: Env): RawMachine {
  const own = placeIn(placesOf(defaultName, env));
  const record = readRecord(own.record);
  const saved = readSnapshot(own, snapshotName);
  const qemu = Bun.which("qemu-system-x86_64");
  if (record === undefined || saved === undefined || qemu === null) {
    throw new Error("there is no machine of k with a snapshot to go by");
  }
  mkdirSync(folder, { recursive: true });
  const files = placeIn({ folder, sockets: folder });
  const disk = join(folder, "disk.qcow2");
  const line = (from: Machine, ...more: readonly string[]): string => {
    const argv = qemuCommand({ ...from, disk, port }, files, { qemu, arch: "x86_64", firmwareCode: undefined });
    return [...argv, "-monitor", `tcp:127.0.0.1:${port + 1},server=on,wait=off`, ...more].map(quoted).join(" ");
  };
  const overlay = (base: string): string => `qemu-img create -q -f qcow2 -F qcow2 -b ${quoted(base)} ${quoted(disk)}`;
  const options = ["-F", own.sshConfig, "-p", String(port), "-o", "ControlPath=none", "-o", "ConnectTimeout=30"];
  const ssh = `ssh ${options.map(quoted).join(" ")} konductor-${defaultName}`;
  const inGuest = (words: string): string => `until ${ssh} ${quoted(words)} 2> /dev/null; do sleep 0.2; done`;
  const script = (name: string, ...lines: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, ["#!/usr/bin/env bash", ...lines, ""].join("\n"), { mode: 0o755 });
    return path;
  };
  const memory = snapshotFiles(own, snapshotName).memory;
  return {
    start: script(
      "start",
      overlay(record.image.path),
      line(record.machine),
      inGuest("until test -s /run/cloud-init/result.json; do sleep 1; done")
    ),
    resume: script(
      "resume",
      overlay(saved.machine.disk),
      line(saved.machine, "-incoming", `exec:cat ${quoted(memory)}`),
      // Until the memory is read, QEMU drops it.
      `exec 3<> /dev/tcp/127.0.0.1/${port + 1}; for _ in {1..50}; do echo cont >&3; sleep 0.1; done &`,
      inGuest("true")
    ),
    end: script(
      "end",
      `test ! -e ${quoted(files.pid)} || kill -KILL "$(cat ${quoted(files.pid)})"`,
      `rm -f ${quoted(files.pid)} ${quoted(disk)}`
    ),
  };
}

/** Far from those that `k` takes first. */
const port = 22_990;

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
