import type { Outcome } from "../core/event.ts";
import type { Problem } from "../core/problem.ts";
import type { Applied, FixOptions } from "./fix.ts";
import type { FixStage } from "./fix-stage.ts";
import { holdCurrentIndex } from "./recheck.ts";
import type { Staged } from "./staged.ts";

/**
 * The end of a run whose jobs all passed: what was checked must still be what is staged, and what was mended goes into
 * the commit and the working files. Undefined where there is nothing to say.
 */
export async function finishFixes(
  staged: Staged,
  fixes: FixStage | undefined,
  emptyCommit: NonNullable<FixOptions["emptyCommit"]>
): Promise<Outcome | undefined> {
  const changed = staged.recheck();
  const problems: Problem[] = changed.files.map(touched);
  // An editor's `git status` writes the index anew with the same entries.
  if (changed.index && (await holdCurrentIndex(staged.state)) === "changed") {
    problems.push(restaged);
  }
  const { lost, emptied } = fixes?.lost() ?? { lost: [], emptied: [] };
  problems.push(...lost.map((path) => ruined("deleted", path)), ...emptied.map((path) => ruined("emptied", path)));
  if (problems.length > 0) {
    return { status: "failed", problems };
  }
  const applied = await fixes?.apply({ emptyCommit });
  return applied === undefined ? undefined : outcomeOf(applied);
}

/** The end of a run over files where they are: jobs only look at them. */
export function whyTouched(paths: readonly string[]): Outcome {
  const problems = paths.map((path): Problem => ({ kind: "hook", what: whatTouched(path), hint: findIt }));
  return { status: "failed", problems };
}

const whatTouched = (path: string): string => `${path} changed while it was checked, by a job or by you`;
const findIt = "a job that writes where it should only look is found by `k hooks run` with one `--job` after the other";

function ruined(how: "deleted" | "emptied", path: string): Problem {
  return { kind: "commit-stopped", why: `a job ${how} its copy of ${path}`, hint: "the file itself is as it was" };
}

function touched(path: string): Problem {
  return {
    kind: "commit-stopped",
    why: whatTouched(path),
    hint: `commit again; ${findIt}`,
  };
}

const restaged: Problem = {
  kind: "commit-stopped",
  why: "the index changed while the checks ran, so what was checked is not what would be committed",
  hint: "commit again when nothing else stages files",
};

function outcomeOf({ written, indexOnly, conflicts, problems }: Applied): Outcome | undefined {
  if (problems.length > 0) {
    return { status: "failed", problems };
  }
  const parts = [
    ...(written.length === 0 ? [] : [`mended and staged: ${written.join(", ")}`]),
    ...(conflicts.length === 0
      ? []
      : [`mended in the commit, your own edits of the same lines stay as they are: ${conflicts.join(", ")}`]),
    ...(indexOnly.length === 0
      ? []
      : [`mended in the commit only: ${indexOnly.map(({ path, because }) => `${path} (${because})`).join(", ")}`]),
  ];
  return parts.length === 0 ? undefined : { status: "passed", note: parts.join("; ") };
}
