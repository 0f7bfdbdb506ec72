import { rmSync, renameSync, statSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import { callOrFail, programIn, type VmWorld } from "../vm/world.ts";
import { coreCount } from "../host/cores.ts";

/** The result while it is not verified, beside what it will be. */
export function partOf(out: string): string {
  return `${out}.part`;
}

/**
 * Writes a disk and all that it stands on as one image, compressed, whose blocks stand in order, so that the same disk gives the
 * same bytes. Reading it takes QEMU 5.1 or newer. Resolves with its size, in bytes.
 */
export async function compress(disk: string, out: string, world: VmWorld): Promise<number> {
  const qemuImg = programIn(world, "qemu-img", "qemu-utils");
  const part = partOf(out);
  const options = ["-c", "-f", "qcow2", "-O", "qcow2", "-o", "compression_type=zstd"];
  const workers = String(Math.min(16, coreCount()));
  await callOrFail(world, [qemuImg, "convert", ...options, "-m", workers, disk, part], (said) => ({
    kind: "file",
    path: out,
    what: "the image was not written",
    why: lastLine(said),
    hint: "is the disk full?",
  }));
  return statSync(part).size;
}

/**
 * Has virt-sparsify look for blocks that no file system uses and that no trim reached, where it is there. Resolves with the new
 * size, in bytes, or undefined where it is not there.
 */
export async function sparsify(out: string, world: VmWorld): Promise<number | undefined> {
  const program = Bun.which("virt-sparsify", { PATH: world.env["PATH"] ?? "" });
  if (program === null) {
    return undefined;
  }
  const part = partOf(out);
  const fresh = `${out}.sparse`;
  try {
    const argv = [program, "--compress", "--convert", "qcow2", "-o", "compression_type=zstd", part, fresh] as const;
    await callOrFail(world, argv, (said) => ({
      kind: "file",
      path: part,
      what: "virt-sparsify failed",
      why: lastLine(said),
      hint: "--from verify goes on without it",
    }));
    renameSync(fresh, part);
  } finally {
    rmSync(fresh, { force: true });
  }
  return statSync(part).size;
}

/** Rejects with a `ProblemError` where the file is damaged, or needs another to be read. */
export async function checkAlone(path: string, world: VmWorld): Promise<{ readonly virtualBytes: number }> {
  const qemuImg = programIn(world, "qemu-img", "qemu-utils");
  const bad = (said: string) =>
    ({
      kind: "file",
      path,
      what: "the image is not good",
      why: lastLine(said),
      hint: "--from compress writes it anew",
    }) as const;
  await callOrFail(world, [qemuImg, "check", "-q", "-f", "qcow2", path], bad);
  const info = JSON.parse(await callOrFail(world, [qemuImg, "info", "--output=json", path], bad)) as {
    readonly "virtual-size": number;
    readonly "backing-filename"?: string;
  };
  if (info["backing-filename"] !== undefined) {
    throw new ProblemError(bad(`it stands on ${info["backing-filename"]}`));
  }
  return { virtualBytes: info["virtual-size"] };
}

function lastLine(text: string): string {
  return (
    text
      .split("\n")
      .at(-1)
      ?.replace(/^qemu-img: /, "") ?? text
  );
}
