import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { stateFolders } from "../host/folders.ts";
import { processOf } from "./find-running.ts";
import { machineName, placeIn } from "./machine.ts";
import { placesOf } from "./places.ts";
import { type MachineRecord, readRecord } from "./record.ts";
import { listSnapshots } from "./snapshot.ts";

export interface MachineRow {
  readonly name: string;
  readonly state: "running" | "stopped" | "broken";
  /** Why it is broken. */
  readonly why?: string;
  readonly record?: MachineRecord;
  readonly snapshots: readonly string[];
  /** What its disks take, in bytes. */
  readonly diskBytes: number;
}

/** All machines of this user, by name; looks at files and processes, asks no QEMU. */
export function listMachines(env: Readonly<Record<string, string | undefined>>): readonly MachineRow[] {
  const folder = join(stateFolders(env).state, "vm");
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => machineName.test(name)) : [];
  return names.toSorted().flatMap((name) => rowOf(name, env) ?? []);
}

function rowOf(name: string, env: Readonly<Record<string, string | undefined>>): MachineRow | undefined {
  const files = placeIn(placesOf(name, env));
  try {
    const record = readRecord(files.record);
    if (record === undefined) {
      return undefined;
    }
    const isRunning = processOf(record, files) !== undefined;
    return {
      name,
      state: isRunning ? "running" : "stopped",
      record,
      snapshots: listSnapshots(files).map((snapshot) => snapshot.name),
      diskBytes: bytesIn(files.disks),
    };
  } catch (error) {
    return {
      name,
      state: "broken",
      why: error instanceof Error ? error.message : String(error),
      snapshots: [],
      diskBytes: 0,
    };
  }
}

function bytesIn(folder: string): number {
  return existsSync(folder)
    ? readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).blocks * 512, 0)
    : 0;
}
