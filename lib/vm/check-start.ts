import { existsSync } from "node:fs";
import { type Problem, ProblemError } from "../core/problem.ts";
import { type Chosen, chooseAccelerator, lookAtMachine } from "./accelerator.ts";
import { checkSpace } from "./disks.ts";
import { findFirmware } from "./firmware-files.ts";
import { checkImage, type Image, inspectImage, isSameImage } from "./image.ts";
import { findMaker } from "./make-seed.ts";
import { freePort } from "./port.ts";
import { guestArch, qemuProgram } from "./qemu-program.ts";
import type { MachineRecord } from "./record.ts";
import type { StartRequest } from "./start-request.ts";
import { programIn, type VmWorld } from "./world.ts";

export interface Checked {
  readonly image: Image;
  readonly chosen: Chosen;
  readonly port: number;
}

/**
 * All that can be known to stand in a start's way before anything is changed; rejects with a `ProblemError`.
 * `isNew`: the disk is to be made from the image. `own` is the machine's own port where it runs now and will be ended first.
 */
export async function checkStart(
  request: StartRequest,
  { folder, isNew, own }: { readonly folder: string; readonly isNew: boolean; readonly own?: number | undefined },
  world: VmWorld
): Promise<Checked> {
  qemuProgram(world);
  findMaker(world);
  for (const program of ["ssh", "ssh-keygen"]) {
    programIn(world, program, "openssh-client");
  }
  const image = await inspectImage(request.image, world);
  if (image.firmware === "uefi") {
    findFirmware(guestArch(), world.env);
  }
  if (isNew) {
    await checkImage(image, world);
  }
  checkSize(request.diskSize, image);
  checkSpace(folder);
  const chosen = chooseAccelerator(request.accelerator, lookAtMachine());
  const port = own === request.port ? own : await freePort(request.port, { isFixed: request.isPortFixed });
  return { image, chosen, port };
}

/** Throws a `ProblemError` where the disk that a machine has cannot go with the image that it is to start from. */
export function checkDisk(
  { name, isImageGiven }: StartRequest,
  before: MachineRecord,
  image: Image,
  world: VmWorld
): void {
  const refuse = (what: string): ProblemError =>
    new ProblemError(
      machineProblem(what, `\`k vm:reset --name ${name}\` starts from the image again, and loses what was written`)
    );
  if (isSameImage(before.image, image)) {
    return;
  }
  const { path } = before.image;
  if (path === image.path) {
    throw refuse(`the image ${path} was changed since the disk of ${name} was made from it`);
  }
  if (isImageGiven) {
    throw refuse(`the disk of ${name} was made from another image (${path})`);
  }
  if (!existsSync(path)) {
    throw refuse(`the image from which the disk of ${name} was made is gone (${path})`);
  }
  world.say(`the disk is still that of an earlier image: \`k vm:reset --name ${name}\` takes the new one`);
}

const units: Readonly<Record<string, number>> = { "": 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** A disk that is smaller than its image has no end of the partition table, and does not boot. */
function checkSize(size: string | undefined, { virtualBytes }: Image): void {
  const [, amount, unit = ""] = /^(\d+(?:\.\d+)?)([KMGT]?)$/.exec(size ?? "0") ?? [];
  if (amount === undefined) {
    throw new ProblemError({ kind: "flag-value", flag: "--disk", value: size ?? "", expected: "a size such as 40G" });
  }
  if (size !== undefined && Number(amount) * (units[unit] ?? 1) < virtualBytes) {
    const least = `${(virtualBytes / 2 ** 30).toFixed(1)}G`;
    throw new ProblemError({
      kind: "flag-value",
      flag: "--disk",
      value: size,
      expected: `at least what the image has, ${least}`,
    });
  }
}

function machineProblem(what: string, hint: string): Problem {
  return { kind: "refused", what, hint };
}
