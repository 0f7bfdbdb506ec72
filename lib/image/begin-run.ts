import { accessSync, constants, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { fileProblem } from "../host/file-problem.ts";
import { konductorFacts } from "../nix/facts.ts";
import { checkImage, inspectImage } from "../vm/image.ts";
import { identify } from "../vm/process-identity.ts";
import { type ImageRun, refuseBusy } from "./image-run.ts";
import type { ImageRequest, ImageWorld } from "./image-world.ts";

/** A new run, with its image built and found whole. What stands in its way is said before anything is built. */
export async function beginRun(
  before: ImageRun | undefined,
  request: ImageRequest,
  world: ImageWorld
): Promise<ImageRun> {
  if (before !== undefined) {
    refuseBusy(before);
  }
  const out = request.out ?? join(request.root, usualName(new Date()));
  checkOut(out, request.replaces);
  const path = request.image ?? (await world.buildWithNix());
  const image = await inspectImage(path, world);
  await checkImage(image, world);
  return {
    version: 1,
    source: { path: image.path, bytes: image.bytes, mtimeMs: image.mtimeMs },
    out,
    startedAt: Date.now(),
    worker: identify(process.pid),
    done: {},
  };
}

/** `konductor-20260102.qcow2`, by the local date. */
export function usualName(date: Date): string {
  const [year, month, day] = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const digits = `${year}${String(month).padStart(2, "0")}${String(day).padStart(2, "0")}`;
  return `${konductorFacts.meta.name}-${digits}.qcow2`;
}

/** Throws a `ProblemError` where the result cannot be written there, or would take another file's place. */
export function checkOut(out: string, replaces: boolean): void {
  if (existsSync(out) && !replaces) {
    throw new ProblemError({
      kind: "refused",
      what: `${out} is there already`,
      hint: "--force replaces it, --out names another",
    });
  }
  try {
    accessSync(dirname(out), constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new ProblemError(fileProblem(dirname(out), "the image cannot be written there", error));
  }
}
