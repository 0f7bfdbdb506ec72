import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { launcherPlace } from "../build/place.ts";
import { clean } from "../clean/clean.ts";
import type { CleanPlace } from "../clean/find-items.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { stateFolders } from "../host/folders.ts";
import { ledgerFolder } from "../ledger/place.ts";
import { consentOf, withQuestions } from "./consent.ts";
import type { Wiring } from "./wiring.ts";

/** `k clean`. */
export function cleanUp(
  { all }: { readonly all: boolean },
  wiring: Wiring,
  { print, signal }: Pick<TaskContext, "print" | "signal">
): Promise<TaskResult> {
  return withQuestions(() => clean(placeOf(wiring), { all, mode: consentOf(wiring, signal), print }));
}

function placeOf({ opened: { project, home }, io }: Wiring): CleanPlace {
  const { cache, state } = stateFolders(io.env);
  return {
    root: project.root,
    runs: ledgerFolder(state, project.root),
    gitFolder: project.git === undefined ? undefined : join(project.git.gitDir, "k"),
    binaries: project.root === home ? builtFiles(home) : [],
    cache,
    state,
    userHome: io.env["HOME"],
    uid: process.getuid?.() ?? 0,
    recover: async () => (await import("../hooks/recover.ts")).recover({ root: project.root, env: io.env }),
  };
}

/** The binary, and what it notes beside itself. */
function builtFiles(home: string): readonly string[] {
  const folder = dirname(launcherPlace(home));
  return existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^k(\..*)?$/.test(name))
        .map((name) => join(folder, name))
    : [];
}
