import { basename, join } from "node:path";
import type { Outcome, RunEvent } from "../core/event.ts";
import { type Hook, type HookName, hookFacts } from "../core/hook.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import type { GitOptions } from "../git/git.ts";
import { coreCount } from "../host/cores.ts";
import { machineLock } from "../host/machine-lock.ts";
import type { LintSession } from "../lint/session.ts";
import { execute } from "../run/execute.ts";
import { Locks } from "../run/locks.ts";
import { runTask } from "../run/run-task.ts";
import { Slots } from "../run/slots.ts";
import { textOf } from "./content.ts";
import type { HookRequest, HookWorld, Part } from "./hook-request.ts";
import type { Given, HookRun } from "./hook-run.ts";
import { jobEnv } from "./job-env.ts";
import { staging, taskOf, withReason } from "./job-task.ts";
import { loadHook } from "./load.ts";
import { readMessage } from "./message.ts";
import { openersOf, type Over, supposedPush } from "./open-contents.ts";
import type { Place } from "./place.ts";
import { parsePushed } from "./pushed-refs.ts";
import { showSelection } from "./select.ts";
import { selectPart, stagedOf } from "./select-part.ts";
import type { Wishes } from "./selection.ts";

/** Runs a hook; the outcomes of its jobs, and none where it has nothing to do. Rejects with a `ProblemError`. */
export async function runHook(request: HookRequest, world: HookWorld): Promise<readonly Outcome[]> {
  const hook = await loadHook(request.name, world.folders, { ...world.config, originOf: world.originOf });
  if (hook === undefined) {
    return [];
  }
  refuseUnknownJobs(hook, request.wishes);
  loadAhead(hook);
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
    const part = await selectPart(hook, content, takes, request, world);
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

/** What starts programs, and what comes behind the last of them, loads while git is still looking at the index. */
function loadAhead({ jobs, looksAt }: Hook): void {
  if (looksAt === "staged") {
    void import("./staged-content.ts");
    void import("./finish-fixes.ts");
  }
  if (jobs.some(({ job }) => "command" in job)) {
    void import("./run-command.ts");
    void import("../host/process/spawner.ts");
    void import("../host/process/libc.ts").then(({ loadLibc }) => loadLibc());
  }
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

async function runPart(
  hook: Hook,
  part: Part & { readonly suffix: string },
  given: Given,
  request: HookRequest,
  world: HookWorld
): Promise<readonly Outcome[]> {
  const { place, config, home, cwd, spawner, now, signal } = world;
  const env = jobEnv(place.env);
  const cores = world.cores ?? config.run.jobs ?? coreCount();
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
    world.emit(withReason(event, request, part.suffix));
  };
  try {
    const ended = await execute(
      { tasks: part.selection.jobs.map((selected) => taskOf(selected, part.suffix, run)) },
      { failFast: world.failFast ?? config.run.fail_fast, timeout: world.timeout, grace: config.run.grace * 1000 },
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

/** Brings what was mended into the commit where all passed, and sees whether what was checked is still what is staged. */
async function finish(
  { content, fixes }: Part,
  outcomes: readonly Outcome[],
  { name, byGit }: HookRequest,
  { emit, now, signal }: HookWorld
): Promise<Outcome | undefined> {
  const staged = stagedOf(content);
  const isOver = signal.aborted || outcomes.some(({ status }) => status === "failed" || status === "cancelled");
  const touched = isOver ? [] : (content.touched?.() ?? []);
  if (isOver || (staged === undefined && touched.length === 0) || hookFacts(name).stops === undefined) {
    return undefined;
  }
  const from = now();
  const { finishFixes, whyTouched } = await import("./finish-fixes.ts");
  const outcome =
    staged === undefined ? whyTouched(touched) : await finishFixes(staged, fixes, byGit ? "stop" : "allow");
  if (outcome === undefined) {
    return undefined;
  }
  emit({ type: "task-finished", id: staging, outcome, duration: now() - from, at: now() });
  return outcome;
}
