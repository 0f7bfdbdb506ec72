import { renameSync } from "node:fs";
import { basename } from "node:path";
import type { ImageStep } from "../core/image.ts";
import { ProblemError } from "../core/problem.ts";
import { findRunning } from "../vm/find-running.ts";
import { type MachineFiles, placeIn } from "../vm/machine.ts";
import { placesOf } from "../vm/places.ts";
import { type MachineRecord, readRecord } from "../vm/record.ts";
import { removeMachine } from "../vm/remove.ts";
import { deployMachine } from "../vm/start.ts";
import { stopMachine } from "../vm/stop.ts";
import { checkName } from "./begin-run.ts";
import { sha256Of, writeChecksum } from "./checksum.ts";
import { checkAlone, compress, partOf, sparsify } from "./compress.ts";
import { asGuestRoot } from "./guest-root.ts";
import { collectGarbage, forgetIdentity, removeTraces, trimDisks } from "./guest-scripts.ts";
import type { ImageRun } from "./image-run.ts";
import type { ImageRequest, ImageWorld } from "./image-world.ts";
import { sourcesInGuest, syncCheckout } from "./sync-checkout.ts";

interface At {
  readonly run: ImageRun;
  readonly request: ImageRequest;
}

type Step = (at: At, world: ImageWorld) => Promise<string>;

/** How long the guest may take to shut down, in seconds; one that is cut off would leave a damaged file system. */
const haltSeconds = 180;

/** How long the machine that boots from the result may take to end, in seconds. */
const clearSeconds = 20;

/** What each step does; resolves with what it tells, rejects with a `ProblemError`. */
export const steps: Readonly<Record<ImageStep, Step>> = {
  build: ({ run }) => Promise.resolve(run.source.path),

  async boot({ run, request }, world) {
    const { record } = await deployMachine({ ...request.machine, image: run.source.path }, world);
    return `port ${record.machine.port}`;
  },

  async sync({ request }, world) {
    const commit = await syncCheckout(request.root, await guestOf(request, world), world);
    return `${commit} is in ${sourcesInGuest}`;
  },

  gc: inGuestStep("nix-collect-garbage", collectGarbage),

  clean: inGuestStep("removing logs and caches", removeTraces),

  zero: inGuestStep("the trim", trimDisks),

  async halt({ request }, world) {
    const guest = await guestOf(request, world);
    await asGuestRoot(forgetIdentity(guest.record.user), { what: "removing keys and names", ...guest }, world);
    const how = await stopMachine(guest.record, guest.files, world, haltSeconds);
    if (how !== "shut-down") {
      throw new ProblemError({
        kind: "machine",
        what: `the guest did not shut down in ${haltSeconds} s, and its disk cannot be trusted`,
        hint: "`--from boot` begins with a fresh one",
      });
    }
    return "shut down";
  },

  async compress({ run, request }, world) {
    const files = placeIn(placesOf(request.machine.name, world.env));
    const record = readRecord(files.record);
    using running = await findRunning(record, files);
    if (record === undefined || running !== undefined) {
      throw new ProblemError({
        kind: "refused",
        what: record === undefined ? "the machine of this run is gone" : `${record.machine.name} runs`,
        hint: record === undefined ? "begin anew, without --from" : "--from halt shuts it down first",
      });
    }
    world.stage("qemu-img convert");
    return inMiB(await compress(record.machine.disk, run.out, world));
  },

  async sparsify({ run }, world) {
    const bytes = await sparsify(run.out, world);
    return bytes === undefined ? "there is no virt-sparsify, and the guest has trimmed its disk" : inMiB(bytes);
  },

  async verify({ run, request }, world) {
    const part = partOf(run.out);
    world.stage("qemu-img check");
    const { virtualBytes } = await checkAlone(part, world);
    const booted = request.skipsBoot ? "" : `, boots in ${await bootOnce(part, request, world)} s`;
    world.stage("sha256");
    const sha256 = await sha256Of(part);
    const bytes = Bun.file(part).size;
    renameSync(part, run.out);
    writeChecksum(run.out, sha256);
    const places = placesOf(request.machine.name, world.env);
    await removeMachine(readRecord(placeIn(places).record), places, world);
    const sizes = `${inMiB(bytes)} for a disk of ${(virtualBytes / 2 ** 30).toFixed(1)} GiB`;
    return `${basename(run.out)}: ${sizes}, sha256 ${sha256}${booted}`;
  },
};

/** A step that is a script in the guest and tells what that prints. */
function inGuestStep(what: string, script: string): Step {
  return async ({ request }, world) => {
    world.stage(what);
    return (await asGuestRoot(script, { what, ...(await guestOf(request, world)) }, world)).replace(/;$/, "");
  };
}

/** The result must start as a stranger's would: by another machine, with other keys. Resolves with the seconds it took. */
async function bootOnce(image: string, { machine }: ImageRequest, world: ImageWorld): Promise<string> {
  const name = checkName(machine.name);
  const places = placesOf(name, world.env);
  const began = performance.now();
  try {
    await deployMachine({ ...machine, name, image }, world);
    return ((performance.now() - began) / 1000).toFixed(0);
  } finally {
    // An interrupt ends the boot, and not what clears up behind it.
    const calm = { ...world, signal: AbortSignal.timeout(clearSeconds * 1000) };
    await removeMachine(readRecord(placeIn(places).record), places, calm);
  }
}

interface Guest {
  readonly name: string;
  readonly files: MachineFiles;
  readonly record: MachineRecord;
}

async function guestOf({ machine: { name } }: ImageRequest, world: ImageWorld): Promise<Guest> {
  const files = placeIn(placesOf(name, world.env));
  const record = readRecord(files.record);
  using running = await findRunning(record, files);
  if (record === undefined || running === undefined) {
    throw new ProblemError({ kind: "refused", what: `${name} does not run`, hint: "--from boot boots it" });
  }
  return { name, files, record };
}

function inMiB(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(0)} MiB`;
}
