import type { HookState } from "../health/world.ts";
import { usedHooks } from "../hooks/describe.ts";
import { readStatus } from "../hooks/hook-status.ts";
import { findHooksFolder } from "../hooks/hooks-folder.ts";
import { loadAllHooks } from "../hooks/load.ts";
import { openHookPlace } from "./hook-place.ts";
import type { Io } from "./io.ts";
import type { Configured } from "./open-project.ts";

/** In milliseconds: a git that hangs must not hang doctor. */
const patience = 4000;

/** How the hooks of the repository stand, as doctor sees it: git is told to run each. Rejects with a `ProblemError`. */
export async function hookHealth(configured: Configured, io: Io): Promise<HookState> {
  const at = await openHookPlace(configured.cwd, configured.home, io, configured);
  const git = { env: io.env, signal: AbortSignal.timeout(patience) };
  const folder = await findHooksFolder(at.place.top, git);
  const wanted = usedHooks(await loadAllHooks(at.folders, at.settings), at.settings);
  const status = await readStatus({ folder, home: configured.home, top: at.place.top }, wanted, git);
  return {
    folder: folder.path,
    installed: status.hooks.filter(({ state }) => state === "fires").map(({ hook }) => hook),
    problems: status.problems,
    others: status.others.map(({ name }) => name),
  };
}
