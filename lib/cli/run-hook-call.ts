import { relative, resolve } from "node:path";
import { inActions } from "../config/in-ci.ts";
import type { Config } from "../config/config.ts";
import type { Outcome, RunEvent } from "../core/event.ts";
import type { StopSignal } from "../core/exit-code.ts";
import { type HookName, hookFacts, parseHookName } from "../core/hook.ts";
import { ProblemError } from "../core/problem.ts";
import type { ReporterName } from "../core/reporter.ts";
import type { HookCall } from "../core/services.ts";
import { stateFolders } from "../host/folders.ts";
import type { Spawner } from "../host/process/spawner.ts";
import { unknownHook } from "../hooks/load.ts";
import type { Over } from "../hooks/open-contents.ts";
import type { HookRequest } from "../hooks/hook-request.ts";
import { runHook } from "../hooks/run-hook.ts";
import { guardOf } from "../run/secrets/index.ts";
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
  /** In seconds, for each job that says nothing itself. */
  readonly timeout?: number | undefined;
  /** What `run.fail_fast` says where it is not given. */
  readonly failFast?: boolean | undefined;
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
  const request = requestOf(name, call, env, stdin, around.show?.dryRun === true, { base: cwd, top: at.place.top });
  around.onConfig?.(at.configured.config);
  const sources = new Map<string, string>();
  const { log } = at.configured.config;
  const guard = await guardOf(env, { also: log.secrets, except: log.not_secret });
  const renderer = await rendererFor(
    request,
    at,
    around,
    guard.source((path) => sources.get(path))
  );
  const began = performance.now();
  const now = (): number => performance.now() - began;
  const told: RunEvent[] = [];
  let outcomes: readonly Outcome[];
  const onAbort = (): void => renderer.handle({ type: "run-stopping", signal: signal.reason as StopSignal, at: now() });
  signal.addEventListener("abort", onAbort, { once: true });
  try {
    outcomes = await runHook(request, {
      place: at.place,
      folders: at.folders,
      home,
      cwd,
      config: at.configured.config,
      originOf: at.configured.origins.of,
      cacheFolder: stateFolders(env).cache,
      spawner,
      cores,
      timeout: around.show?.timeout,
      failFast: around.show?.failFast,
      signal,
      now,
      emit: guard.events((event) => {
        told.push(event);
        renderer.handle(event);
      }),
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
  } finally {
    signal.removeEventListener("abort", onAbort);
    await renderer.finish();
  }
  const took = now();
  const isWorthIt = took >= slowHook || outcomes.some(({ status }) => status === "failed");
  if (log.enabled && isWorthIt && env["K_RUN"] === undefined && !request.dryRun && told.length > 0) {
    const { recordHook } = await import("./record-hook.ts");
    const { configured } = at;
    recordHook({ name, call, cwd, configured, io, guard, events: told, outcomes, took });
  }
  return outcomes;
}

/** A hook that took so long, in milliseconds, is kept among the runs, also where all went well. */
const slowHook = 1000;

/** Read whole before anything runs: git dies of a pipe that nobody reads. */
async function stdinOf(name: HookName, { byGit }: HookCall): Promise<string | undefined> {
  return byGit && hookFacts(name).stdin === true ? Bun.stdin.text() : undefined;
}

interface From {
  readonly base: string;
  readonly top: string;
}

function requestOf(
  name: HookName,
  call: HookCall,
  env: Io["env"],
  stdin: string | undefined,
  dryRun: boolean,
  from: From
): HookRequest {
  const words = (env["K_SKIP"] ?? "").split(",").map((word) => word.trim());
  const { jobs, tags, exclude, fix } = call;
  return {
    name,
    args: call.args,
    stdin,
    byGit: call.byGit,
    over: overOf(call, from),
    wishes: { jobs, tags, exclude, fix, skip: words.filter((word) => word !== "") },
    again: (flags) => ["k hooks run", name, ...contentFlags(call), flags, ...givenWords(name, call)].join(" "),
    dryRun,
  };
}

/** `base` and `top`, absolute: where the user stands, and the top of the working tree. */
function overOf({ files, allFiles, from, to }: HookCall, { base, top }: From): Over {
  if (to !== undefined && from === undefined) {
    throw new ProblemError({
      kind: "wrong-use",
      message: "--to-ref says nothing without --from-ref",
      hint: "add --from-ref REF",
    });
  }
  const [first, second] = [
    ...(allFiles ? ["--all-files"] : []),
    ...(from === undefined ? [] : ["--from-ref"]),
    ...(files.length > 0 ? ["--file"] : []),
  ];
  if (second !== undefined) {
    throw new ProblemError({
      kind: "wrong-use",
      message: `${first} and ${second} exclude each other`,
      hint: "take one of the two",
    });
  }
  if (allFiles) {
    return { kind: "all" };
  }
  if (files.length > 0) {
    return { kind: "files", paths: files.map((path) => relative(top, resolve(base, path))) };
  }
  return from === undefined ? { kind: "usual" } : { kind: "range", from, to: to ?? "HEAD" };
}

function contentFlags({ files, allFiles, from, to }: HookCall): readonly string[] {
  if (allFiles) {
    return ["--all-files"];
  }
  if (files.length > 0) {
    return ["--file", quoteWord(files.join(","))];
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
  if (wanted === "auto" && !inActions(io.env)) {
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
  const kind = pickReporter(wanted, { live: terminal.live, githubActions: inActions(io.env) });
  const renderer = await createRenderer(kind, terminal, { ...common, timings: false });
  return { ...renderer, note: (line) => io.err(`${name}: ${line}\n`) };
}
