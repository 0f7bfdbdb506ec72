import { inColumns } from "../core/in-columns.ts";
import type { MachineRow } from "./list.ts";
import { shellWord } from "../core/shell-word.ts";
import { hostAlias } from "./ssh.ts";
import type { MachineFiles } from "./machine.ts";
import type { MachineRecord } from "./record.ts";
import type { Snapshot } from "./snapshot.ts";

const mib = 1024 * 1024;

/** Rows in columns, a line each; what there is to say where there are none. */
export function machineTable(rows: readonly MachineRow[]): string {
  if (rows.length === 0) {
    return "no machines; `k nix:qcow2:start` makes one\n";
  }
  const cells = rows.map(({ name, state, why, record, snapshots, diskBytes }) => [
    name,
    state,
    record === undefined ? (why ?? "") : `port ${record.machine.port}`,
    record === undefined ? "" : `${record.machine.memoryMiB} MiB, ${record.machine.cpus} cpus`,
    `${Math.round(diskBytes / mib)} MiB on disk`,
    snapshots.length === 0 ? "" : `snapshots: ${snapshots.join(", ")}`,
  ]);
  return inColumns(cells);
}

export function snapshotTable(snapshots: readonly Snapshot[]): string {
  return snapshots.length === 0
    ? "no snapshots; `k vm:snapshot NAME` takes one\n"
    : inColumns(
        snapshots.map(({ name, savedAt, bytes }) => [
          name,
          new Date(savedAt).toISOString(),
          `${Math.round(bytes / mib)} MiB`,
        ])
      );
}

interface MachineFacts {
  readonly state: string;
  readonly record: MachineRecord;
  readonly snapshots: readonly Snapshot[];
  readonly files: MachineFiles;
}

export function machineText({ state, record, snapshots, files }: MachineFacts): string {
  const { machine, image, project, user, process: own } = record;
  const isUp = state !== "stopped";
  return inColumns([
    ["name", machine.name],
    ["state", isUp && own !== undefined ? `${state}, process ${own.pid}` : state],
    ["image", image.path],
    ["firmware", machine.firmware],
    ["processor", `${machine.cpus} by ${machine.accelerator}`],
    ["memory", `${machine.memoryMiB} MiB`],
    ["disk", machine.disk],
    ["/workspace", machine.share ?? "not shared"],
    ["ssh", `ssh -F ${shellWord(files.sshConfig)} ${hostAlias(machine.name)}  (127.0.0.1:${machine.port}, as ${user})`],
    ["console", files.console],
    ["made by", project],
    ["snapshots", snapshots.map(({ name }) => name).join(", ") || "none"],
  ]);
}
