import { stateFolders } from "../host/folders.ts";
import { ledgerFolder } from "../ledger/place.ts";
import { runsOf } from "../ledger/read-runs.ts";

/** How many runs are looked at: what was done long ago is found by its name. */
const looked = 30;

/** The tasks that were asked for last in this project, the last first, each once. */
export function recentTasks(env: Readonly<Record<string, string | undefined>>, root: string): readonly string[] {
  const names = new Set<string>();
  let left = looked;
  for (const { start } of runsOf(ledgerFolder(stateFolders(env).state, root))) {
    for (const { id, asked } of start.tasks) {
      if (asked) {
        names.add(id);
      }
    }
    left -= 1;
    if (left === 0) {
      break;
    }
  }
  return [...names];
}
