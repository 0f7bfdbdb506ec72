import { existsSync, readFileSync } from "node:fs";
import type { MachineFiles } from "./machine.ts";
import { identify, isAlive, type ProcessIdentity } from "./process-identity.ts";
import { Qmp } from "./qmp.ts";
import type { MachineRecord } from "./record.ts";

/** A machine that was proved to be ours: its process is the one that was started, or one that serves our private socket. */
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
  const own = processOf(record, files);
  if (own === undefined) {
    return undefined;
  }
  const qmp = existsSync(files.qmp) ? await connectOurs(files.qmp, record?.machine.uuid) : undefined;
  return { process: own, qmp, [Symbol.dispose]: () => qmp?.[Symbol.dispose]() };
}

/** The process that runs a machine; asks nobody but the kernel. */
export function processOf(record: MachineRecord | undefined, files: MachineFiles): ProcessIdentity | undefined {
  return record?.process !== undefined && isAlive(record.process) ? record.process : unrecorded(files);
}

/** A QEMU whose `k` died before it wrote the record, or whose record is damaged: it was told to serve our socket. */
function unrecorded(files: MachineFiles): ProcessIdentity | undefined {
  try {
    const pid = Number(readFileSync(files.pid, "utf8").trim());
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return words.some((word) => word.startsWith(`unix:${files.qmp.replaceAll(",", ",,")},`))
      ? identify(pid)
      : undefined;
  } catch {
    return undefined;
  }
}

async function connectOurs(path: string, uuid: string | undefined): Promise<Qmp | undefined> {
  try {
    const qmp = await Qmp.connect(path);
    const told = (await qmp.execute("query-uuid")) as { readonly UUID?: string };
    if (uuid === undefined || told.UUID === uuid) {
      return qmp;
    }
    qmp[Symbol.dispose]();
  } catch {
    // Nobody answers: the process is all that is left to go by.
  }
  return undefined;
}
