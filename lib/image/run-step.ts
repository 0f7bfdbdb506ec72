import { mkdirSync } from "node:fs";
import { type ImageStep, imageSteps } from "../core/image.ts";
import { ProblemError } from "../core/problem.ts";
import { placesOf } from "../vm/places.ts";
import { type ImageRun, isBefore, needDone, readRun, takeOver, writeRun } from "./image-run.ts";
import type { ImageRequest, ImageWorld } from "./image-world.ts";
import { steps } from "./steps.ts";
import { beginRun } from "./begin-run.ts";

export type StepEnd = { readonly kind: "done" | "kept"; readonly note: string };

/**
 * Does one step of the pipeline, and notes that it is done. With `from`, the steps before that one are not done again: they must
 * have been done by an earlier run. Rejects with a `ProblemError`, and says how to go on from there.
 */
export async function runStep(
  step: ImageStep,
  from: ImageStep | undefined,
  request: ImageRequest,
  world: ImageWorld
): Promise<StepEnd> {
  const { folder } = placesOf(request.machine.name, world.env);
  const first = from ?? imageSteps[0];
  if (isBefore(step, first)) {
    return { kind: "kept", note: needDone(readRun(folder), step, first) };
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const run = await runFor(step, first, folder, request, world);
  writeRun(folder, run);
  try {
    const note = await steps[step]({ run, request }, world);
    const now = readRun(folder);
    // The last step leaves nothing of it.
    if (now !== undefined) {
      writeRun(folder, { ...now, done: { ...now.done, [step]: note } });
    }
    return { kind: "done", note };
  } catch (error) {
    if (error instanceof ProblemError || world.signal.aborted) {
      const name = request.machine.name === defaultImageMachine ? "" : ` --name ${request.machine.name}`;
      world.say(`\`k qcow2:image --from ${step}${name}\` goes on from here`);
    }
    throw error;
  }
}

/** The machine in which images are made where none is named. */
export const defaultImageMachine = "image";

async function runFor(
  step: ImageStep,
  first: ImageStep,
  folder: string,
  request: ImageRequest,
  world: ImageWorld
): Promise<ImageRun> {
  if (step === "build") {
    return beginRun(readRun(folder), request, world);
  }
  const run = readRun(folder);
  const before = imageSteps[imageSteps.indexOf(step) - 1] ?? "build";
  needDone(run, before, first);
  if (run === undefined) {
    throw new Error("a run with a step that is done is there");
  }
  return takeOver(run, step);
}
