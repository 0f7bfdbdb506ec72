import { chmodSync, linkSync, lstatSync, mkdirSync, renameSync, type Stats, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type HookName, hookNames } from "../core/hook.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { fileProblem } from "../host/file-problem.ts";
import { packagedProgram } from "../host/own-program.ts";
import { textOf } from "../host/text-of.ts";
import { below, type HooksFolder, whyNotOurs } from "./hooks-folder.ts";
import { isShim, keptSuffix, shimText } from "./shim.ts";

export interface Setup {
  readonly folder: HooksFolder;
  /** `k`'s home, absolute. */
  readonly home: string;
  /** The top of the working tree, absolute. */
  readonly top: string;
}

export interface Installed {
  /** Written anew, or with other text than before. */
  readonly written: readonly HookName[];
  /** Those that were as they should be. */
  readonly current: readonly HookName[];
  /** Those that had a hook, which now runs first. */
  readonly chained: readonly HookName[];
  /** Scripts of `k` for hooks that no longer have a job. */
  readonly removed: readonly HookName[];
}

/** What stands in the place of a hook. */
export type Standing = "nothing" | "ours" | "foreign";

export function standingAt(path: string): Standing {
  const stats = statsOf(path);
  if (stats === undefined) {
    return "nothing";
  }
  return stats.isFile() && isShim(textOf(path)) ? "ours" : "foreign";
}

/** The script for one hook. */
export function shimFor({ home, top }: Pick<Setup, "home" | "top">, hook: HookName): string {
  return shimText({ hook, home, inside: below(top, home), program: packagedProgram });
}

/**
 * Writes the scripts of these hooks; a hook that is there already is kept beside and runs first. Calling it again
 * changes nothing. `all` says that no other hook is wanted, so that scripts of `k` for others go. Throws a `ProblemError`.
 */
export function installHooks(setup: Setup, wanted: readonly HookName[], all: boolean): Installed {
  const refusal = whyNotOurs(setup.folder);
  if (refusal !== undefined) {
    throw new ProblemError(refusal);
  }
  const { path: folder } = setup.folder;
  const result = {
    written: [] as HookName[],
    current: [] as HookName[],
    chained: [] as HookName[],
    removed: [] as HookName[],
  };
  const problems = wanted.flatMap((hook) => whyStuck(folder, hook));
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
  try {
    mkdirSync(folder, { recursive: true });
    for (const hook of wanted) {
      installOne(setup, hook, result);
    }
    if (all) {
      for (const hook of hookNames) {
        if (!wanted.includes(hook) && restoreOne(folder, hook) !== "not-ours") {
          result.removed.push(hook);
        }
      }
    }
  } catch (error) {
    throw new ProblemError(fileProblem(folder, "the hooks are not all installed", error));
  }
  return result;
}

/** Someone put a hook in the place of ours, while we keep the one from before: which of the two is meant, the user says. */
function whyStuck(folder: string, hook: HookName): readonly Problem[] {
  const path = join(folder, hook);
  if (standingAt(path) !== "foreign" || statsOf(path + keptSuffix) === undefined) {
    return [];
  }
  return [
    {
      kind: "hook",
      what: `${path} is no script of \`k\` any more, and ${hook}${keptSuffix} beside it is the hook from before`,
      hint: "remove one of the two, then install again",
    },
  ];
}

function installOne(
  setup: Setup,
  hook: HookName,
  result: { written: HookName[]; current: HookName[]; chained: HookName[] }
): void {
  const path = join(setup.folder.path, hook);
  const text = shimFor(setup, hook);
  const standing = standingAt(path);
  if (standing === "foreign") {
    keep(path);
  }
  if (statsOf(path + keptSuffix) !== undefined) {
    result.chained.push(hook);
  }
  if (standing === "ours" && textOf(path) === text && isExecutable(path)) {
    result.current.push(hook);
    return;
  }
  const temporary = `${path}.k-new`;
  writeFileSync(temporary, text, { mode: 0o755 });
  // The mask of the user may have taken the execute bits.
  chmodSync(temporary, 0o755);
  renameSync(temporary, path);
  result.written.push(hook);
}

/** Under a second name first, so that there is no moment without a hook; a link is moved, since not every system can link it. */
function keep(path: string): void {
  if (lstatSync(path).isSymbolicLink()) {
    renameSync(path, path + keptSuffix);
    return;
  }
  try {
    linkSync(path, path + keptSuffix);
  } catch {
    renameSync(path, path + keptSuffix);
  }
}

export interface Uninstalled {
  readonly removed: readonly HookName[];
  /** Those that have the hook from before again. */
  readonly restored: readonly HookName[];
  /** A hook of another program stands there: it and what was kept stay. */
  readonly left: readonly HookName[];
}

/** Takes `k`'s scripts away and puts back what was there before, byte for byte. Throws a `ProblemError`. */
export function uninstallHooks(folder: string, wanted: readonly HookName[]): Uninstalled {
  const result = { removed: [] as HookName[], restored: [] as HookName[], left: [] as HookName[] };
  try {
    for (const hook of wanted) {
      const outcome = restoreOne(folder, hook);
      if (outcome === "removed") {
        result.removed.push(hook);
      } else if (outcome === "restored") {
        result.restored.push(hook);
      } else if (statsOf(join(folder, hook + keptSuffix)) !== undefined) {
        result.left.push(hook);
      }
    }
  } catch (error) {
    throw new ProblemError(fileProblem(folder, "the hooks are not all taken away", error));
  }
  return result;
}

function restoreOne(folder: string, hook: HookName): "removed" | "restored" | "not-ours" {
  const path = join(folder, hook);
  const hasKept = statsOf(path + keptSuffix) !== undefined;
  const standing = standingAt(path);
  if (standing === "foreign" || (standing === "nothing" && !hasKept)) {
    return "not-ours";
  }
  if (hasKept) {
    renameSync(path + keptSuffix, path);
  } else {
    unlinkSync(path);
  }
  return hasKept ? "restored" : "removed";
}

export function isExecutable(path: string): boolean {
  return ((statsOf(path)?.mode ?? 0) & 0o100) !== 0;
}

function statsOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}
