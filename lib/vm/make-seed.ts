import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { metaData, type SeedContent, userData } from "./seed.ts";
import { callOrFail, type VmWorld } from "./world.ts";

/** Programs that write the ISO, each with the words before the common ones. */
const makers = [["genisoimage"], ["mkisofs"], ["xorriso", "-as", "mkisofs"]] as const;

/**
 * The disk that cloud-init's NoCloud source reads, labelled `cidata`; made anew only where its content differs. Source:
 * <https://cloudinit.readthedocs.io/en/latest/reference/datasources/nocloud.html>.
 */
export async function makeSeed(path: string, content: SeedContent, world: VmWorld): Promise<void> {
  const user = userData(content);
  const meta = metaData(content.hostname, user);
  const note = `${path}.txt`;
  if (existsSync(path) && readOr(note) === user + meta) {
    return;
  }
  const folder = await mkdtemp(join(dirname(path), "seed-"));
  try {
    writeFileSync(join(folder, "user-data"), user, { mode: 0o600 });
    writeFileSync(join(folder, "meta-data"), meta, { mode: 0o600 });
    const fresh = join(folder, "seed.iso");
    const [program, ...words] = findMaker(world);
    const argv = [...words, "-quiet", "-output", fresh, "-volid", "cidata", "-joliet", "-rock"];
    await callOrFail(world, [program, ...argv, join(folder, "user-data"), join(folder, "meta-data")], (said) => ({
      kind: "file",
      path,
      what: "the seed of the machine was not made",
      why: said,
    }));
    // It holds the secret half of the guest's host key.
    chmodSync(fresh, 0o600);
    renameSync(fresh, path);
    writeFileSync(note, user + meta, { mode: 0o600 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The program that writes the ISO, and its first words; throws a `ProblemError`. */
export function findMaker({ env }: Pick<VmWorld, "env">): readonly [string, ...string[]] {
  for (const [name, ...words] of makers) {
    const program = Bun.which(name, { PATH: env["PATH"] ?? "" });
    if (program !== null) {
      return [program, ...words];
    }
  }
  throw new ProblemError({
    kind: "tool-missing",
    tool: "genisoimage",
    install: "`apt-get install genisoimage` brings it; mkisofs and xorriso do as well",
  });
}

function readOr(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
