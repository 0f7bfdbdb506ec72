import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import type { Config } from "../config/config.ts";
import type { Outcome, RunEvent } from "../core/event.ts";
import { type Hook, type HookName, hookFacts, type TaskJob } from "../core/hook.ts";
import type { PlannedTask } from "../core/plan.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import type { AnyTask, TaskContext, TaskResult } from "../core/task.ts";
import { parseTaskId, type TaskId } from "../core/task-id.ts";
import type { Tool } from "../core/tool.ts";
import type { GitOptions } from "../git/git.ts";
import { machineLock } from "../host/machine-lock.ts";
import type { Spawner } from "../host/process/spawner.ts";
import type { LintSession } from "../lint/session.ts";
import { execute } from "../run/execute.ts";
import { Locks } from "../run/locks.ts";
import { runTask } from "../run/run-task.ts";
import { Slots } from "../run/slots.ts";
import { type Content, entriesOf, textOf } from "./content.ts";
import type { FixStage } from "./fix-stage.ts";
import type { Given, HookRun } from "./hook-run.ts";
import { jobEnv } from "./job-env.ts";
import { type HookFolders, loadHook } from "./load.ts";
import { readMessage } from "./message.ts";
import { type Opener, openersOf, type Over, supposedPush } from "./open-contents.ts";
import { parsePushed } from "./pushed-refs.ts";
import type { Place } from "./place.ts";
import type { RepositoryState } from "./conditions.ts";
import { readState } from "./repository-state.ts";
import type { Staged } from "./staged.ts";
import type { StagedContent } from "./staged-content.ts";
import { runJob } from "./run-job.ts";
import { selectJobs, type SelectedJob, type Selection, showSelection, type Wishes } from "./select.ts";

/** What is asked of a hook. */
export interface HookRequest {
  readonly name: HookName;
  /** What git gave to it, or a user in its place. */
  readonly args: readonly string[];
  /** What git wrote to it; undefined where it writes nothing, or where it was not git that called. */
  readonly stdin: string | undefined;
  /** Something comes of it: a commit, a push. */
  readonly byGit: boolean;
  readonly over: Over;
  readonly wishes: Wishes;
  /** How a user runs it again, with these flags. */
  again(flags: string): string;
  /** Says which jobs would run over what, and why the others would not. */
  readonly dryRun: boolean;
}

/** What a run of a hook is given of the world. */
export interface HookWorld {
  readonly place: Place;
  readonly folders: HookFolders;
  /** `k`'s home, absolute. */
  readonly home: string;
  /** Where the user stands, absolute. */
  readonly cwd: string;
  readonly config: Config;
  readonly cacheFolder: string;
  readonly spawner: Spawner;
  /** At most so many jobs at once; the number of cores where it is not given. */
  readonly cores: number | undefined;
  readonly signal: AbortSignal;
  now(): number;
  emit(event: RunEvent): void;
  print(text: string): void;
  /** One line for the user beside what the jobs say. */
  note(line: string): void;
  terminal(): { readonly columns: number; readonly rows: number } | undefined;
  /** The text of a file as it was looked at, while it is there. */
  keepSource(path: string, text: string): void;
  runTask(job: TaskJob, folder: string, context: TaskContext): Promise<TaskResult>;
}

/** A hook with what it looks at, and which of its jobs run. */
interface Part {
  readonly content: Content;
  readonly selection: Selection;
  readonly state: RepositoryState;
  readonly fixes: FixStage | undefined;
}

/** Where the files of fixes come into the commit: shown as a job of its own. */
const staging = "staging" as TaskId;

/** Runs a hook; the outcomes of its jobs, and none where it has nothing to do. Rejects with a `ProblemError`. */
export async function runHook(request: HookRequest, world: HookWorld): Promise<readonly Outcome[]> {
  const hook = await loadHook(request.name, world.folders);
  if (hook === undefined) {
    return [];
  }
  refuseUnknownJobs(hook, request.wishes);
  const given = await readGiven(hook, request, world);
  const git: GitOptions = { env: world.place.env, signal: world.signal };
  const asked = { over: request.over, args: request.args, pushed: given.pushed };
  const openers = await openersOf(hook, asked, world.place, git);
  const outcomes: Outcome[] = [];
  // One after the other: they share a place on the disk.
  for (const { name, takes, open } of openers) {
    await using content = await open();
    for (const notice of content.notices) {
      world.note(notice);
    }
    const part = await select(hook, content, takes, request, world);
    if (request.dryRun) {
      world.print(showSelection(part.selection));
    }
    if (request.dryRun || part.selection.jobs.length === 0) {
      continue;
    }
    outcomes.push(...(await runPart(hook, { ...part, suffix: suffixOf(name) }, given, request, world)));
  }
  return outcomes;
}

/** As a part of a job's name. */
function suffixOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return slug === "" ? "" : `:${slug}`;
}

function refuseUnknownJobs({ name, jobs }: Hook, { jobs: asked }: Wishes): void {
  const known = jobs.map((job) => job.name);
  const problems = asked
    .filter((word) => !known.includes(word))
    .map((word): Problem => {
      const near = nearest(word, known);
      return {
        kind: "wrong-use",
        message: `${name} has no job ${word}`,
        hint: near === undefined ? `\`k hooks list ${name}\` names them all` : `did you mean ${near}?`,
      };
    });
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
}

/** Who runs pre-push without git means a push of this branch. */
async function pushedRefs(
  name: HookName,
  stdin: string | undefined,
  over: Over,
  place: Place
): Promise<Given["pushed"]> {
  if (name !== "pre-push" || over.kind !== "usual") {
    return [];
  }
  return stdin === undefined ? supposedPush(place) : parsePushed(stdin);
}

async function readGiven(
  { looksAt }: Hook,
  { name, args, stdin, over }: HookRequest,
  { place }: HookWorld
): Promise<Given> {
  const [file] = args;
  return {
    args,
    stdin: stdin ?? "",
    message: looksAt === "message" && file !== undefined ? await readMessage(file, place.top, place) : undefined,
    pushed: await pushedRefs(name, stdin, over, place),
  };
}

async function select(
  hook: Hook,
  content: Content,
  takes: Opener["takes"],
  { wishes }: HookRequest,
  { config, place }: HookWorld
): Promise<Part> {
  const staged = stagedOf(content);
  const state = readState(place.gitDir, place.env);
  const tools = await toolsFor(hook);
  const situation = { state, config, tools, mendable: staged !== undefined };
  const files = { now: entriesOf(content.groups), past: entriesOf(content.history) };
  const selected = selectJobs(hook, files, wishes, situation);
  const jobs = selected.jobs.filter(({ isOnce }) => takes === "all" || isOnce === (takes === "once"));
  const selection = { jobs, leftOut: takes === "once" ? [] : selected.leftOut };
  const part = { content, selection, state };
  if (staged === undefined || !selection.jobs.some(({ fix }) => fix)) {
    return { ...part, fixes: undefined };
  }
  const { FixStage: Stage } = await import("./fix-stage.ts");
  return { ...part, fixes: new Stage(staged) };
}

/** The table of tools takes a while to load, and hooks that look at no files have no use for it. */
async function toolsFor({ looksAt }: Hook): Promise<ReadonlyMap<string, Tool>> {
  return looksAt === "message" || looksAt === "nothing" ? new Map() : (await import("../tools/index.ts")).toolsByName;
}

function stagedOf(content: Content): Staged | undefined {
  return "staged" in content ? (content as StagedContent).staged : undefined;
}

async function runPart(
  hook: Hook,
  part: Part & { readonly suffix: string },
  given: Given,
  request: HookRequest,
  world: HookWorld
): Promise<readonly Outcome[]> {
  const { place, config, home, cwd, spawner, now, signal } = world;
  const env = jobEnv(place.env);
  const cores = world.cores ?? config.run.jobs ?? availableParallelism();
  const slots = new Slots(cores);
  const git: GitOptions = { env: place.env, signal };
  let opened: Promise<LintSession> | undefined;
  const session = (): Promise<LintSession> => {
    opened ??= Promise.all([import("../lint/session.ts"), import("../tools/index.ts")]).then(
      ([{ LintSession: Session }, { toolsByName }]) =>
        new Session({
          root: place.top,
          home,
          cwd,
          git,
          env,
          config,
          spawner,
          cores,
          tools: toolsByName,
          cacheFolder: world.cacheFolder,
        })
    );
    return opened;
  };
  const run: HookRun = {
    hook,
    given,
    content: part.content,
    fixes: part.fixes,
    session,
    config,
    state: part.state,
    root: place.top,
    git,
    again: request.again,
    runTask: world.runTask,
    io: (context) => ({
      id: context.id,
      signal: context.signal,
      progress: context.progress,
      report: context.report,
      log: context.log,
      spread: (items, work) => slots.spread(items, context.signal, work),
    }),
  };
  const emit = (event: RunEvent): void => {
    if (event.type === "task-finding") {
      keepSource(event.finding.path, run, world);
    }
    world.emit(event);
  };
  try {
    const ended = await execute(
      { tasks: part.selection.jobs.map((selected) => taskOf(selected, part.suffix, run)) },
      { failFast: config.run.fail_fast, timeout: undefined, grace: config.run.grace * 1000 },
      {
        now,
        emit,
        signal,
        slots,
        locks: new Locks(),
        machineLock: (name, mode, stop) => machineLock(join(place.folder, "locks"), name, mode, stop),
        run: ({ planned, signal: stop }) =>
          runTask(planned, stop, {
            root: place.top,
            home,
            cwd,
            env,
            spawner,
            now,
            emit,
            print: world.print,
            terminal: world.terminal,
            shell: notForJobs,
            services: notForJobs,
          }),
      }
    );
    const outcomes = [...ended.values()];
    const last = await finish(part, outcomes, request, world);
    return last === undefined ? outcomes : [...outcomes, last];
  } finally {
    await (await opened)?.close();
  }
}

function notForJobs(): never {
  throw new Error("a job of a hook is given no shell and no services");
}

/** Copies are gone when the findings are shown. */
function keepSource(path: string, { content, given }: HookRun, { place, keepSource: keep }: HookWorld): void {
  const isMessage = given.message !== undefined && basename(given.message.file) === path;
  const text = isMessage ? given.message?.text : textOf([...content.groups, ...content.history], path, place.top);
  if (text !== undefined) {
    keep(path, text);
  }
}

function taskOf(selected: SelectedJob, suffix: string, run: HookRun): PlannedTask {
  const { name, job, file, origin, timeout } = selected;
  const id = (word: string): TaskId => parseTaskId(`${word}${suffix}`) ?? staging;
  const definition: AnyTask = {
    summary: job.summary ?? name,
    ...(timeout === undefined ? {} : { timeout }),
    run: (context: TaskContext) => runJob(selected, context, run),
  };
  return {
    task: { id: id(name), definition, file, origin },
    reason: { kind: "asked" },
    needs: [],
    waitsFor: selected.waitsFor.map(id),
    flags: {},
    words: [],
    rest: [],
    wrongPlatform: false,
  };
}

/** Brings what was mended into the commit where all passed, and sees whether what was checked is still what is staged. */
async function finish(
  { content, fixes }: Part,
  outcomes: readonly Outcome[],
  { name, byGit }: HookRequest,
  { emit, now, signal }: HookWorld
): Promise<Outcome | undefined> {
  const staged = stagedOf(content);
  const isOver = signal.aborted || outcomes.some(({ status }) => status === "failed" || status === "cancelled");
  if (isOver || staged === undefined || hookFacts(name).stops === undefined) {
    return undefined;
  }
  const from = now();
  const { finishFixes } = await import("./finish-fixes.ts");
  const outcome = await finishFixes(staged, fixes, byGit ? "stop" : "allow");
  if (outcome === undefined) {
    return undefined;
  }
  emit({ type: "task-finished", id: staging, outcome, duration: now() - from, at: now() });
  return outcome;
}
