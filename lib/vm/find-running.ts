import { existsSync } from "node:fs";
import type { Machine, MachineFiles } from "./machine.ts";
import { isAlive, type ProcessIdentity } from "./process-identity.ts";
import { Qmp } from "./qmp.ts";
import type { MachineRecord } from "./record.ts";

/** A machine that was proved to be ours: its process is the one that was started, or its QMP socket knows its uuid. */
export interface RunningMachine extends Disposable {
  readonly process: ProcessIdentity;
  /** Undefined where its socket is gone or in use. */
  readonly qmp: Qmp | undefined;
}

/** Undefined where it does not run. A number in a stale pid file, or of another program by now, is never believed. */
export async function findRunning(
  record: MachineRecord | undefined,
  files: MachineFiles
): Promise<RunningMachine | undefined> {
  if (record?.process === undefined || !isAlive(record.process)) {
    return undefined;
  }
  const qmp = existsSync(files.qmp) ? await connectOurs(files.qmp, record.machine) : undefined;
  return { process: record.process, qmp, [Symbol.dispose]: () => qmp?.[Symbol.dispose]() };
}

async function connectOurs(path: string, { uuid }: Machine): Promise<Qmp | undefined> {
  try {
    const qmp = await Qmp.connect(path);
    const told = (await qmp.execute("query-uuid")) as { readonly UUID?: string };
    if (told.UUID === uuid) {
      return qmp;
    }
    qmp[Symbol.dispose]();
  } catch {
    // Nobody answers: the process is all that is left to go by.
  }
  return undefined;
}
