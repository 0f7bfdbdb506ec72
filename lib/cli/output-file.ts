import { mkdir, open, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { errorCode, fileProblem } from "../host/file-problem.ts";

/** A file that the user named for something that a run leaves. */
export interface OutputFile {
  /** Rejects with a `ProblemError`. */
  write(text: string): Promise<void>;
}

/**
 * Looks whether `path` (from `folder`, absolute) can be written, and makes the folder that it is in: what cannot is told before the
 * work and not behind it. A file is put in place by a rename; what is there and no file, such as `/dev/stdout`, is written to.
 */
export async function openOutputFile(path: string, folder: string): Promise<OutputFile> {
  const fail = (error: unknown): ProblemError => new ProblemError(fileProblem(path, "it cannot be written", error));
  try {
    const target = resolve(folder, path);
    await mkdir(dirname(target), { recursive: true });
    const existing = await stat(target).catch((error: unknown) => {
      if (errorCode(error) === "ENOENT") {
        return undefined;
      }
      throw error;
    });
    if (existing !== undefined && !existing.isFile()) {
      await (await open(target, "a")).close();
      return { write: (text) => writeInto(target, text).catch((error: unknown) => Promise.reject(fail(error))) };
    }
    const real = existing === undefined ? target : await realpath(target);
    const temporary = `${real}.${crypto.randomUUID().slice(0, 8)}.part`;
    await (await open(temporary, "wx")).close();
    await rm(temporary);
    return { write: (text) => replace(real, temporary, text).catch((error: unknown) => Promise.reject(fail(error))) };
  } catch (error) {
    throw fail(error);
  }
}

async function writeInto(target: string, text: string): Promise<void> {
  const handle = await open(target, "a");
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
}

async function replace(target: string, temporary: string, text: string): Promise<void> {
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
