import { existsSync, realpathSync } from "node:fs";
import { join } from "node:path";
import type { WorkingState } from "../git/working-state.ts";
import type { Io } from "./io.ts";

interface Ahead {
  /** Absolute, without links. */
  readonly folder: string;
  readonly state: Promise<WorkingState | undefined>;
}

let ahead: Ahead | undefined;

/** With these the whole project is not what a run is about, or what git said beforehand is of no use. */
const others = /^(-C|--(cwd|staged|since|shard|fix|no-cache|help|version|dry-run))\b|^-[a-zA-Z]*[nhV]/;

/**
 * Has git look at the working tree while `k` still loads, where the words are those of a run of linters over a whole
 * repository: git takes longer for it than all the rest. `words` are those behind `k`.
 */
export async function lookAhead({ argv, env, cwd }: Io): Promise<void> {
  const [, ...more] = argv;
  const folder = folderOf(cwd);
  if (folder === undefined) {
    return;
  }
  const isPart = more.some((word) => others.test(word) || (!word.startsWith("-") && existsSync(join(folder, word))));
  if (isPart || !existsSync(join(folder, ".git"))) {
    return;
  }
  const { readWorkingState } = await import("../git/working-state.ts");
  const real = realpathSync(folder);
  ahead = { folder: real, state: readWorkingState(real, { env }) };
}

/** Undefined where it is gone: the run says so. */
function folderOf(cwd: Io["cwd"]): string | undefined {
  try {
    return cwd();
  } catch {
    return undefined;
  }
}

/** What git said of this root, absolute and without links; once. */
export function takeAhead(root: string): Promise<WorkingState | undefined> | undefined {
  const taken = ahead;
  ahead = undefined;
  return taken?.folder === root ? taken.state : undefined;
}
