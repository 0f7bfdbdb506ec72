import { usedHooks } from "../hooks/describe.ts";
import { readStatus } from "../hooks/hook-status.ts";
import { findHooksFolder } from "../hooks/hooks-folder.ts";
import { loadAllHooks } from "../hooks/load.ts";
import { openHookPlace } from "./hook-place.ts";
import type { Io } from "./io.ts";
import type { Configured } from "./open-project.ts";

/** Git hooks that have a job here and do not fire. Rejects with a `ProblemError`. */
export async function missingHooks(configured: Configured, io: Io): Promise<readonly string[]> {
  const at = await openHookPlace(configured.cwd, configured.home, io, configured);
  const git = { env: io.env };
  const folder = await findHooksFolder(at.place.top, git);
  const wanted = usedHooks(await loadAllHooks(at.folders, at.settings), at.settings);
  const { hooks } = await readStatus({ folder, home: configured.home, top: at.place.top }, wanted, git);
  return hooks.filter(({ state }) => state !== "fires").map(({ hook }) => hook);
}
