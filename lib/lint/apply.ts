import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { replaceFile } from "../host/files.ts";
import type { Change } from "./rewrite.ts";

/**
 * Writes changes to the files that they are for, each by rename and only if the file is still what was read.
 * Returns how many were written.
 */
export async function applyChanges(changes: readonly Change[], base: string, problems: Problem[]): Promise<number> {
  let written = 0;
  for (const { path, before, after } of changes) {
    const result = await replaceFile(join(base, path), after, before);
    if (result === "written") {
      written += 1;
    } else if (result === "changed-meanwhile") {
      problems.push({
        kind: "file",
        path,
        what: "it was not rewritten",
        why: "it changed while the tool was at work",
        hint: "run it again",
      });
    } else {
      problems.push(result.kind === "file" ? { ...result, path } : result);
    }
  }
  return written;
}
