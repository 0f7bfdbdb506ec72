import { accessSync, constants, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { fileProblem } from "../host/file-problem.ts";
import { konductorFacts } from "../nix/facts.ts";
import { checkImage, inspectImage } from "../vm/image.ts";
import { placeIn } from "../vm/machine.ts";
import { placesOf } from "../vm/places.ts";
import { identify } from "../vm/process-identity.ts";
import { readRecord } from "../vm/record.ts";
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
  for (const name of [request.machine.name, checkName(request.machine.name)]) {
    refuseOrdinary(name, world);
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

/** The machine that boots from the result. */
export function checkName(name: string): string {
  return `${name.slice(0, 25)}-check`;
}

/** Throws a `ProblemError` for a machine that somebody works in: a run begins with an empty disk. */
function refuseOrdinary(name: string, world: ImageWorld): void {
  const { machine } = readRecord(placeIn(placesOf(name, world.env)).record) ?? {};
  if (machine !== undefined && machine.detectsZeros !== true) {
    throw new ProblemError({
      kind: "refused",
      what: `${name} is a machine that is worked in, and making an image would take its disk`,
      hint: "--name names another; it need not be there",
    });
  }
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
