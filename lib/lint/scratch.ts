import { mkdirSync } from "node:fs";
import { copyFile, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A private folder with copies of some files: fixers write there, never in the working tree. */
export interface Scratch {
  /** Absolute. */
  readonly path: string;
  read(path: string): Promise<Uint8Array | undefined>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Copies files of `base` into a new folder of mode 0700, under the names that they have there. */
export async function makeScratch(base: string, paths: readonly string[]): Promise<Scratch> {
  // Real, since tools print real paths: a temporary folder may be behind a link.
  const folder = await realpath(await mkdtemp(join(tmpdir(), "k-")));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    for (const parent of new Set(paths.map((path) => dirname(path)))) {
      mkdirSync(join(folder, parent), { recursive: true });
    }
    await Promise.all(paths.map((path) => copyFile(join(base, path), join(folder, path))));
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    path: folder,
    read: (path) => readFile(join(folder, path)).catch(() => undefined),
    [Symbol.asyncDispose]: dispose,
  };
}
