import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Disk, realDisk } from "./disk.ts";
import { under } from "./path-text.ts";

/** In a run's folder: the temporary files that it had to put beside the user's, a path from the top per line of JSON. */
export const besideList = "beside";

/** Such names are `k`'s own. */
export const besidePrefix = ".k-run-";

/**
 * Removes a run's folder with all that it left elsewhere; what cannot be removed waits for the next run. The folder above stays: to
 * make it anew for each commit takes as long as all else here.
 */
export function removeRun(top: string, run: string, disk: Disk = realDisk): void {
  for (const path of readBeside(run)) {
    if (path.includes(`/${besidePrefix}`)) {
      disk.remove(under(top, path));
    }
  }
  disk.removeFolder(run);
}

function readBeside(run: string): readonly string[] {
  const file = join(run, besideList);
  try {
    // Cheaper than the exception, and most have none.
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as readonly string[]) : [];
  } catch {
    return [];
  }
}
