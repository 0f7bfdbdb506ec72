import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { callGit } from "./git-call.ts";
import { holdIndex, type IndexSignature, isSameIndex } from "./index-file.ts";
import { under } from "./path-text.ts";
import type { RunState } from "./staged.ts";
import { isUntouched, markOf } from "./working-file.ts";

/** The index at this moment, held under a name of the run; its entries are those that were read. */
export interface HeldIndex {
  readonly file: string;
  readonly signature: IndexSignature;
}

/**
 * `changed` where the index no longer says what was read. Written anew with the same entries, as an editor's
 * `git status` does when files were touched, it is still good.
 */
export async function holdCurrentIndex({ place, run, read }: RunState): Promise<HeldIndex | "changed"> {
  const file = join(run, "now");
  rmSync(file, { force: true });
  const signature = holdIndex(place.index, file);
  if (signature === undefined || read.signature === undefined) {
    return "changed";
  }
  if (isSameIndex(signature, read.signature)) {
    return { file, signature };
  }
  const list = (index: string): Promise<Uint8Array> => callGit(place, ["ls-files", "-s", "-z"], { index });
  const [then, now] = await Promise.all([list(read.heldIndex), list(file)]);
  return Buffer.from(then).equals(now) ? { file, signature } : "changed";
}

/** Files that were checked where they are, and that someone changed meanwhile: what was checked may not be what is staged. */
export function filesTouched({ place, read }: RunState): readonly string[] {
  const inPlace = [...read.files.values()].filter(({ working, mark }) => working === "same" && mark !== undefined);
  return inPlace.filter(({ path, mark }) => !isUntouched(mark, markOf(under(place.top, path)))).map(({ path }) => path);
}

export const indexChanged: Problem = {
  kind: "commit-stopped",
  why: "the index changed while the checks ran, so what was checked is not what would be committed",
  hint: "commit again when nothing else stages files",
};
