import { openSync, readSync, closeSync, statSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { fileProblem } from "../host/file-problem.ts";
import { bootAbility, firmwareFor, headBytes } from "./boot-sectors.ts";
import type { Firmware } from "./machine.ts";
import { call, callOrFail, programIn, type VmWorld } from "./world.ts";

/** By what an image is known again without reading all of it. */
export interface ImageMark {
  /** Absolute, links followed. */
  readonly path: string;
  readonly bytes: number;
  readonly mtimeMs: number;
}

export interface Image extends ImageMark {
  /** What the guest sees, in bytes. */
  readonly virtualBytes: number;
  readonly firmware: Firmware;
}

/** Looks at a qcow2 image; rejects with a `ProblemError` where there is none, or where it can never boot. */
export async function inspectImage(path: string, world: VmWorld): Promise<Image> {
  const mark = markImage(path);
  const magic = readStart(path);
  if (!magic.subarray(0, 4).equals(Buffer.from("QFI\u00fb", "latin1"))) {
    throw new ProblemError(
      bad(path, "it is no qcow2 image", "convert it: `qemu-img convert -O qcow2 IMAGE OUT.qcow2`")
    );
  }
  const qemuImg = programIn(world, "qemu-img", "qemu-utils");
  const info = await callOrFail(world, [qemuImg, "info", "--output=json", path], (said) =>
    bad(path, lastLine(said), "it is damaged: build or fetch it again")
  );
  const virtualBytes = Number((JSON.parse(info) as { "virtual-size"?: unknown })["virtual-size"]);
  const firmware = firmwareFor(bootAbility(await readHead(path, qemuImg, world)));
  if (firmware === undefined) {
    throw new ProblemError(
      bad(path, "it has neither boot code nor an EFI system partition", "give an image of a whole disk")
    );
  }
  return { ...mark, virtualBytes, firmware };
}

/** Rejects with a `ProblemError` where parts of the image are missing: one that was fetched by half has a good beginning. */
export async function checkImage({ path }: ImageMark, world: VmWorld): Promise<void> {
  const qemuImg = programIn(world, "qemu-img", "qemu-utils");
  const ran = await call(world, [qemuImg, "check", "-f", "qcow2", path], { timeout: 300 });
  // 3 says that some of its space is lost, which hurts nobody (qemu-img(1)).
  if (ran.exitCode !== 0 && ran.exitCode !== 3) {
    const said = (ran.stderr || ran.stdout).trim().split("\n")[0] ?? "";
    throw new ProblemError(bad(path, said.replace(/^qemu-img: /, ""), "it is damaged: build or fetch it again"));
  }
}

/** Throws a `ProblemError` where the image is not there. */
export function markImage(path: string): ImageMark {
  try {
    const { size, mtimeMs } = statSync(path);
    return { path, bytes: size, mtimeMs };
  } catch (error) {
    throw new ProblemError(fileProblem(path, "there is no image to boot", error));
  }
}

export function isSameImage(a: ImageMark, b: ImageMark): boolean {
  return a.path === b.path && a.bytes === b.bytes && a.mtimeMs === b.mtimeMs;
}

function readStart(path: string): Buffer {
  const bytes = Buffer.alloc(4);
  try {
    const descriptor = openSync(path, "r");
    try {
      readSync(descriptor, bytes, 0, 4, 0);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    throw new ProblemError(fileProblem(path, "the image cannot be read", error));
  }
  return bytes;
}

async function readHead(path: string, qemuImg: string, world: VmWorld): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), "k-vm-"));
  try {
    const head = join(folder, "head");
    const argv = [qemuImg, "dd", "-f", "qcow2", "-O", "raw", "bs=512", `count=${headBytes / 512}`] as const;
    const ran = await call(world, [...argv, `if=${path}`, `of=${head}`]);
    if (ran.exitCode !== 0) {
      throw new ProblemError(bad(path, lastLine(ran.stderr), "it is damaged: build or fetch it again"));
    }
    return await readFile(head);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function bad(path: string, why: string, hint: string): Problem {
  return { kind: "file", path, what: "cannot boot from this image", why, hint };
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split("\n")
      .at(-1)
      ?.replace(/^qemu-img: /, "") ?? ""
  );
}
