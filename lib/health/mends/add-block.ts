import { ProblemError } from "../../core/problem.ts";
import { withBlock } from "../../setup/marked-block.ts";
import { planFile } from "../../setup/user-file.ts";
import { writeUserFile } from "../../setup/write-file.ts";

/**
 * Adds lines to a file of the user, as `k setup` does: between marks of their own, what the file was kept beside it.
 * `now` in milliseconds names that copy. Rejects with a `ProblemError`.
 */
export async function addBlock(path: string, name: string, lines: readonly string[], now: number): Promise<string> {
  const planned = planFile(path, (text) => withBlock(text, name, lines), lines);
  if (!planned.ok) {
    throw new ProblemError(planned.problem);
  }
  return planned.change?.kind === "file" ? writeUserFile(planned.change, new Date(now)) : `${path} was as it should be`;
}
