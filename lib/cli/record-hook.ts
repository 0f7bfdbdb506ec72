import type { Outcome, RunEvent } from "../core/event.ts";
import { hookFacts } from "../core/hook.ts";
import type { HookName } from "../core/hook.ts";
import type { HookCall } from "../core/services.ts";
import { stateFolders } from "../host/folders.ts";
import { gitHead } from "../ledger/git-head.ts";
import { ledgerFolder } from "../ledger/place.ts";
import { prune } from "../ledger/prune.ts";
import { LedgerWriter } from "../ledger/writer.ts";
import { exitCodeOf } from "../run/execute.ts";
import type { Guard } from "../run/secrets/index.ts";
import type { Io } from "./io.ts";
import type { Configured } from "./open-project.ts";
import { version } from "./version.ts";

interface Ran {
  readonly name: HookName;
  readonly call: HookCall;
  readonly cwd: string;
  readonly configured: Configured;
  readonly io: Io;
  readonly guard: Guard;
  /** Without secrets. */
  readonly events: readonly RunEvent[];
  readonly outcomes: readonly Outcome[];
  /** In milliseconds. */
  readonly took: number;
}

/**
 * Puts a hook that is over among the runs that are kept. A hook that is done at once and stops nothing leaves none: git calls them
 * all day long, and no commit is to wait for what nobody will look up.
 */
export function recordHook({ name, call, cwd, configured, io, guard, events, outcomes, took }: Ran): void {
  const { project, config } = configured;
  const folder = ledgerFolder(stateFolders(io.env).state, project.root);
  const words = call.byGit ? ["hooks", "run", name, ...messageFile(name, call)] : io.argv;
  const argv = words.map((word) => guard.text(word));
  const { keep_runs: runs, keep_days: days, max_size: size } = config.log;
  const now = new Date();
  const start = {
    argv,
    cwd,
    root: project.root,
    version,
    head: project.git === undefined ? {} : gitHead(project.git.gitDir, project.git.commonDir),
    ...(argv.every((word, index) => word === words[index]) ? {} : { hasSecret: true as const }),
  };
  const began = new Date(now.getTime() - took);
  const writer = new LedgerWriter(start, { folder, taskLimit: size / 10, now: () => began });
  for (const event of [allTasks(events), ...events.filter(({ type }) => type !== "run-started")]) {
    writer.handle(event);
  }
  writer.handle({ type: "run-finished", exitCode: exitCodeOf(outcomes), at: took });
  writer.close();
  prune(folder, { runs, days, size }, { now, wrote: writer.size });
}

/** Where it looks at files and at a message, a hook has several parts, each with a beginning of its own. */
function allTasks(events: readonly RunEvent[]): RunEvent {
  const tasks = events.flatMap((event) => (event.type === "run-started" ? event.tasks : []));
  return { type: "run-started", version: 1, tasks, at: 0 };
}

function messageFile(name: HookName, { args }: HookCall): readonly string[] {
  return hookFacts(name).looksAt === "message" && args.length > 0 ? ["--", ...args] : [];
}
