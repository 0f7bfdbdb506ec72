import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import type { ImageMark } from "./image.ts";
import type { Machine } from "./machine.ts";
import type { ProcessIdentity } from "./process-identity.ts";

/** What is known of a machine between two commands: `machine.json`. */
export interface MachineRecord {
  readonly version: 1;
  readonly machine: Machine;
  readonly image: ImageMark;
  /** The working folder of the project that made it, absolute. */
  readonly project: string;
  /** Who logs in. */
  readonly user: string;
  /** The last start, whether or not it still runs. */
  readonly process?: ProcessIdentity;
  /** In milliseconds since 1970. */
  readonly startedAt?: number;
}

/** Undefined where there is none. Throws a `ProblemError` for one that cannot be read. */
export function readRecord(path: string): MachineRecord | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
  const parsed = parse(text);
  if (parsed?.version !== 1 || parsed.machine === undefined) {
    throw new ProblemError({
      kind: "file",
      path,
      what: "the machine's record cannot be understood",
      why: parsed === undefined ? "it is no JSON" : `it is of version ${String(parsed.version)}`,
      hint: "`k vm:rm` removes the machine, or use the newer k that wrote it",
    });
  }
  return parsed as MachineRecord;
}

/** Whole or not at all. */
export function writeRecord(path: string, record: MachineRecord): void {
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, path);
}

function parse(text: string): Partial<MachineRecord> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
