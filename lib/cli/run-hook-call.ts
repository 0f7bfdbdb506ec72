import type { Config } from "../config/config.ts";
import type { Outcome } from "../core/event.ts";
import type { StopSignal } from "../core/exit-code.ts";
import { type HookName, hookFacts, parseHookName } from "../core/hook.ts";
import { ProblemError } from "../core/problem.ts";
import type { ReporterName } from "../core/reporter.ts";
import type { HookCall } from "../core/services.ts";
import { stateFolders } from "../host/folders.ts";
import type { Spawner } from "../host/process/spawner.ts";
import { unknownHook } from "../hooks/load.ts";
import type { Over } from "../hooks/open-contents.ts";
import { type HookRequest, runHook } from "../hooks/run-hook.ts";
import { createHookRenderer, type HookRenderer } from "../render/hook.ts";
import { type HookPlace, openHookPlace } from "./hook-place.ts";
import { type Io, isLive, terminalOf } from "./io.ts";
import type { Configured } from "./open-project.ts";

export interface HookSurroundings {
  readonly home: string;
  /** Where the user stands, absolute. */
  readonly cwd: string;
  /** The project's config where it is known already. */
  readonly configured?: Configured;
  readonly io: Io;
  readonly spawner: Spawner;
  readonly cores: number | undefined;
  readonly signal: AbortSignal;
  readonly show?: HookShow;
  onConfig?(config: Config): void;
}

/** How a user wants it shown. */
export interface HookShow {
  readonly reporter?: ReporterName | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly color?: boolean | undefined;
  readonly noColor?: boolean | undefined;
  /** Only what would run. */
  readonly dryRun?: boolean | undefined;
}

/** Runs a hook as git or a user calls it, and says on stderr how it went. Rejects with a `ProblemError`. */
export async function runHookCall(call: HookCall, around: HookSurroundings): Promise<readonly Outcome[]> {
  const name = parseHookName(call.hook);
  if (name === undefined) {
    throw new ProblemError(unknownHook(call.hook));
  }
  const { io, home, cwd, spawner, cores, signal } = around;
  const { env } = io;
  if (env["K_HOOKS"] === "0") {
    return [];
  }
  const [at, stdin] = await Promise.all([openHookPlace(cwd, home, io, around.configured), stdinOf(name, call)]);
  const request = requestOf(name, call, env, stdin, around.show?.dryRun === true);
  around.onConfig?.(at.configured.config);
  const sources = new Map<string, string>();
  const renderer = await rendererFor(request, at, around, (path) => sources.get(path));
  const began = performance.now();
  const now = (): number => performance.now() - began;
  const onAbort = (): void => renderer.handle({ type: "run-stopping", signal: signal.reason as StopSignal, at: now() });
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    const outcomes = await runHook(request, {
      place: at.place,
      folders: at.folders,
      home,
      cwd,
      config: at.configured.config,
      cacheFolder: stateFolders(env).cache,
      spawner,
      cores,
      signal,
      now,
      emit: (event) => renderer.handle(event),
      print: renderer.print,
      note: renderer.note,
      keepSource: (path, text) => void sources.set(path, text),
      terminal: () => (isLive(io) ? { columns: io.columns(), rows: io.rows() } : undefined),
      async runTask(job, folder, context) {
        const { runHookTask } = await import("./run-hook-task.ts");
        return runHookTask(job, folder, context, { configured: at.configured, io, spawner });
      },
    });
    if (outcomes.length === 0 && !call.byGit && !request.dryRun) {
      renderer.note("nothing to do");
    }
    return outcomes;
  } finally {
    signal.removeEventListener("abort", onAbort);
    await renderer.finish();
  }
}

/** Read whole before anything runs: git dies of a pipe that nobody reads. */
async function stdinOf(name: HookName, { byGit }: HookCall): Promise<string | undefined> {
  return byGit && hookFacts(name).stdin === true ? Bun.stdin.text() : undefined;
}

function requestOf(
  name: HookName,
  call: HookCall,
  env: Io["env"],
  stdin: string | undefined,
  dryRun: boolean
): HookRequest {
  const words = (env["K_SKIP"] ?? "").split(",").map((word) => word.trim());
  const { jobs, tags, exclude, fix } = call;
  return {
    name,
    args: call.args,
    stdin,
    byGit: call.byGit,
    over: overOf(call),
    wishes: { jobs, tags, exclude, fix, skip: words.filter((word) => word !== "") },
    again: (flags) => ["k hooks run", name, ...contentFlags(call), flags, ...givenWords(name, call)].join(" "),
    dryRun,
  };
}

function overOf({ allFiles, from, to }: HookCall): Over {
  if (to !== undefined && from === undefined) {
    throw new ProblemError({
      kind: "wrong-use",
      message: "--to-ref says nothing without --from-ref",
      hint: "add --from-ref REF",
    });
  }
  if (allFiles && from !== undefined) {
    throw new ProblemError({
      kind: "wrong-use",
      message: "--all-files and --from-ref exclude each other",
      hint: "take one of the two",
    });
  }
  if (allFiles) {
    return { kind: "all" };
  }
  return from === undefined ? { kind: "usual" } : { kind: "range", from, to: to ?? "HEAD" };
}

function contentFlags({ allFiles, from, to }: HookCall): readonly string[] {
  if (allFiles) {
    return ["--all-files"];
  }
  return from === undefined ? [] : ["--from-ref", from, ...(to === undefined ? [] : ["--to-ref", to])];
}

/** A message hook is nothing without the file that it was given. */
function givenWords(name: HookName, { args }: HookCall): readonly string[] {
  return hookFacts(name).looksAt === "message" && args.length > 0 ? ["--", ...args.map(quoteWord)] : [];
}

function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

type Read = (path: string) => string | undefined;

/** The hook's own words; another reporter where the user or GitHub Actions wants one. */
async function rendererFor(
  { name, again, byGit }: HookRequest,
  { place }: HookPlace,
  { io, show = {} }: HookSurroundings,
  readSource: Read
): Promise<HookRenderer> {
  const terminal = terminalOf(io, { color: show.color, noColor: show.noColor });
  const common = { quiet: show.quiet === true, verbose: show.verbose === true, root: place.top, readSource };
  const wanted = show.reporter ?? "auto";
  if (wanted === "auto" && io.env["GITHUB_ACTIONS"] !== "true") {
    const { stops, looksAt } = hookFacts(name);
    const summary = looksAt === "staged" || looksAt === "pushed";
    return createHookRenderer(terminal, {
      ...common,
      hook: name,
      stops: byGit ? stops : undefined,
      summary: summary || !byGit,
      again,
    });
  }
  const { createRenderer, pickReporter } = await import("../render/index.ts");
  const kind = pickReporter(wanted, { live: terminal.live, githubActions: io.env["GITHUB_ACTIONS"] === "true" });
  const renderer = await createRenderer(kind, terminal, { ...common, timings: false });
  return { ...renderer, note: (line) => io.err(`${name}: ${line}\n`) };
}
