import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ImageStep, imageSteps } from "../core/image.ts";
import { ProblemError } from "../core/problem.ts";
import type { ImageMark } from "../vm/image.ts";
import { identify, isAlive, type ProcessIdentity } from "../vm/process-identity.ts";

/** What the steps of one run of the pipeline know of each other: `image-run.json` in the machine's folder. */
export interface ImageRun {
  readonly version: 1;
  /** The image that it begins with; never written. */
  readonly source: ImageMark;
  /** The file that it is to become, absolute. */
  readonly out: string;
  /** In milliseconds since 1970. */
  readonly startedAt: number;
  /** The `k` that works on it, or was the last to. */
  readonly worker: ProcessIdentity | undefined;
  /** What the steps that are done said. */
  readonly done: Readonly<Partial<Record<ImageStep, string>>>;
}

export function isBefore(one: ImageStep, other: ImageStep): boolean {
  return imageSteps.indexOf(one) < imageSteps.indexOf(other);
}

export function runPath(folder: string): string {
  return join(folder, "image-run.json");
}

/** Undefined where there is none, or where it is damaged: it can be made again. */
export function readRun(folder: string): ImageRun | undefined {
  const path = runPath(folder);
  if (!existsSync(path)) {
    return undefined;
  }
  try {
    const run = JSON.parse(readFileSync(path, "utf8")) as Partial<ImageRun>;
    const isWhole = run.version === 1 && typeof run.out === "string" && typeof run.source?.path === "string";
    return isWhole && typeof run.done === "object" ? (run as ImageRun) : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all. */
export function writeRun(folder: string, run: ImageRun): void {
  const path = runPath(folder);
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, `${JSON.stringify(run, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, path);
}

/** The run as this process takes it over, from a step on. Throws a `ProblemError` where another `k` is at it. */
export function takeOver(run: ImageRun, from: ImageStep): ImageRun {
  refuseBusy(run);
  const kept = Object.entries(run.done).filter(([step]) => isBefore(step as ImageStep, from));
  return { ...run, worker: identify(process.pid), done: Object.fromEntries(kept) };
}

export function refuseBusy({ worker, out }: ImageRun): void {
  if (worker !== undefined && worker.pid !== process.pid && isAlive(worker)) {
    throw new ProblemError({
      kind: "refused",
      what: `another k (process ${worker.pid}) makes ${out} in this machine`,
      hint: "wait for it, or give this one a machine of its own with --name",
    });
  }
}

/** Throws a `ProblemError` for a step that cannot be begun with, since one before it was never done. */
export function needDone(run: ImageRun | undefined, step: ImageStep, from: ImageStep): string {
  const note = run?.done[step];
  if (note === undefined) {
    const done = imageSteps.filter((one) => run?.done[one] !== undefined).length;
    throw new ProblemError({
      kind: "refused",
      what: `--from ${from}: ${step} was not done before it`,
      hint:
        run === undefined ? "begin without --from" : `--from ${imageSteps[done] ?? "build"} goes on where it stands`,
    });
  }
  return note;
}
