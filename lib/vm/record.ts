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
  /** The guest of that start was ready once. */
  readonly isReady?: boolean;
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
  if (parsed?.version !== 1 || !isWhole(parsed)) {
    throw new ProblemError({
      kind: "file",
      path,
      what: "the machine's record cannot be understood",
      why: whyNot(parsed),
      hint: "`k vm:rm` removes the machine, or use the newer k that wrote it",
    });
  }
  return parsed as MachineRecord;
}

/** The record of a machine that does not run. */
export function atRest({
  process: _process,
  startedAt: _startedAt,
  isReady: _isReady,
  ...rest
}: MachineRecord): MachineRecord {
  return rest;
}

/** As `readRecord`; undefined also for one that cannot be read, where all of the machine is to go. */
export function readRecordIfWhole(path: string): MachineRecord | undefined {
  try {
    return readRecord(path);
  } catch {
    return undefined;
  }
}

/** Whole or not at all. */
export function writeRecord(path: string, record: MachineRecord): void {
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, path);
}

function isWhole({ machine, image, user, project }: Partial<MachineRecord>): boolean {
  const texts = [machine?.name, machine?.uuid, machine?.disk, image?.path, user, project];
  return texts.every((value) => typeof value === "string") && typeof machine?.port === "number";
}

function whyNot(parsed: Partial<MachineRecord> | undefined): string {
  if (parsed === undefined) {
    return "it is no JSON";
  }
  return parsed.version === 1 ? "it is not whole" : `it is of version ${String(parsed.version)}`;
}

function parse(text: string): Partial<MachineRecord> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
