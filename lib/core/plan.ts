import type { FlagValue } from "./flag.ts";
import type { Problem } from "./problem.ts";
import type { AnyTask, Need, Platform, Task } from "./task.ts";
import { parseTaskId, type TaskId } from "./task-id.ts";
import { nearest } from "./suggest.ts";
import { compareText } from "./finding.ts";

/** A task as the user asked for it. */
export interface Request {
  readonly id: TaskId;
  readonly flags: Readonly<Record<string, FlagValue>>;
  /** Words behind the task's name. */
  readonly words: readonly string[];
  /** All that stood behind `--`. */
  readonly rest: readonly string[];
}

export type Reason = { readonly kind: "asked" } | { readonly kind: "needed"; readonly by: TaskId };

export interface PlannedTask {
  readonly task: Task;
  readonly reason: Reason;
  readonly needs: readonly TaskId[];
  /** Those of `needs` and `after` that are in this plan: it starts when all of them ended. */
  readonly waitsFor: readonly TaskId[];
  readonly flags: Readonly<Record<string, FlagValue>>;
  readonly words: readonly string[];
  readonly rest: readonly string[];
  /** Set where this machine cannot run it. */
  readonly wrongPlatform: boolean;
}

/** In an order in which each task stands behind all that it waits for. */
export interface Plan {
  readonly tasks: readonly PlannedTask[];
}

/** What `plan` asks about tasks: names only, so that it can be tested as a table. */
export interface Catalog {
  get(id: TaskId): Task | undefined;
  /** All ids below a prefix, or all there are. */
  ids(): readonly TaskId[];
}

export function needName(need: Need): string {
  return typeof need === "string" ? need : need.task;
}

/** Which tools a run is about. */
export interface ToolChoice {
  /** Only these; empty for all. */
  readonly only: readonly string[];
  /** These too, although they run only on request. */
  readonly enabled: readonly string[];
}

/** Whether a wildcard may bring a task into a plan. */
function isMeant({ onRequest, tool }: AnyTask, { only, enabled }: ToolChoice): boolean {
  if (tool !== undefined && only.length > 0) {
    return only.includes(tool);
  }
  return onRequest !== true || (tool !== undefined && enabled.includes(tool));
}

/** The ids that a need names: itself, or, where it holds `*`, each task that fits and is meant without being named. */
export function expandNeed(
  name: string,
  catalog: Catalog,
  choice: ToolChoice = { only: [], enabled: [] }
): readonly TaskId[] {
  if (!name.includes("*")) {
    const id = parseTaskId(name);
    return id !== undefined && catalog.get(id) !== undefined ? [id] : [];
  }
  const parts = name.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`^${parts.join("[^:]*")}$`);
  return catalog
    .ids()
    .filter((id) => {
      const task = pattern.test(id) ? catalog.get(id) : undefined;
      return task !== undefined && isMeant(task.definition, choice);
    })
    .toSorted(compareText);
}

interface Draft {
  task: Task;
  reason: Reason;
  needs: Set<TaskId>;
  flags: Record<string, FlagValue>;
  words: readonly string[];
  rest: readonly string[];
}

/** Flags and words that a need may take over from the task that needs it: those that it declares itself. */
function inherited(from: Draft, to: Task): { flags: Record<string, FlagValue>; words: readonly string[] } {
  const declared = to.definition.flags ?? {};
  const flags = Object.fromEntries(Object.entries(from.flags).filter(([name]) => name in declared));
  const takesWords = Object.keys(to.definition.args ?? {}).length > 0;
  return { flags, words: takesWords ? from.words : [] };
}

/** What must run for these requests, each task once, with the reason for each; or every problem that stands against it. */
export function plan(
  requests: readonly Request[],
  catalog: Catalog,
  platform: Platform | string,
  choice: ToolChoice = { only: [], enabled: [] }
): { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const drafts = new Map<TaskId, Draft>();
  const queue: Draft[] = [];

  const add = (task: Task, reason: Reason, given: Pick<Draft, "flags" | "words" | "rest">): void => {
    const known = drafts.get(task.id);
    if (known !== undefined) {
      const isNews = Object.entries(given.flags).some(([name, value]) => known.flags[name] !== value);
      known.flags = { ...given.flags, ...known.flags };
      if (known.words.length === 0) {
        known.words = given.words;
      }
      if (reason.kind === "asked") {
        known.reason = reason;
      }
      if (isNews) {
        queue.push(known);
      }
      return;
    }
    const draft: Draft = { task, reason, needs: new Set(), ...given };
    drafts.set(task.id, draft);
    queue.push(draft);
  };

  for (const request of requests) {
    const task = catalog.get(request.id);
    if (task === undefined) {
      problems.push({ kind: "unknown-task", word: request.id });
    } else {
      add(task, { kind: "asked" }, { flags: { ...request.flags }, words: request.words, rest: request.rest });
    }
  }

  for (let draft = queue.shift(); draft !== undefined; draft = queue.shift()) {
    for (const need of draft.task.definition.needs ?? []) {
      const name = needName(need);
      const ids = expandNeed(name, catalog, choice);
      if (ids.length === 0 && !name.includes("*")) {
        const near = nearest(name, catalog.ids());
        problems.push({
          kind: "unknown-need",
          task: draft.task.id,
          need: name,
          file: draft.task.file,
          ...(near === undefined ? {} : { nearest: near }),
        });
      }
      for (const id of ids) {
        const task = catalog.get(id);
        if (task === undefined || id === draft.task.id) {
          continue;
        }
        draft.needs.add(id);
        const given = typeof need === "string" ? { flags: {}, words: [] } : inherited(draft, task);
        add(task, { kind: "needed", by: draft.task.id }, { ...given, rest: [] });
      }
    }
  }

  const waits = new Map<TaskId, readonly TaskId[]>();
  for (const [id, draft] of drafts) {
    const after = (draft.task.definition.after ?? []).flatMap((name: string) => expandNeed(name, catalog, choice));
    waits.set(
      id,
      [...new Set([...draft.needs, ...after])].filter((other) => other !== id && drafts.has(other))
    );
  }
  const { order, cycle } = topological([...drafts.keys()], waits);
  if (cycle !== undefined) {
    problems.push({
      kind: "cycle",
      path: cycle,
      files: [...new Set(cycle.flatMap((id) => drafts.get(id)?.task.file ?? []))],
    });
  }
  if (problems.length > 0) {
    return { ok: false, problems };
  }

  const tasks = order.flatMap((id): PlannedTask[] => {
    const draft = drafts.get(id);
    if (draft === undefined) {
      return [];
    }
    const allowed: readonly string[] | undefined = draft.task.definition.platforms;
    return [
      {
        task: draft.task,
        reason: draft.reason,
        needs: [...draft.needs],
        waitsFor: waits.get(id) ?? [],
        flags: draft.flags,
        words: draft.words,
        rest: draft.rest,
        wrongPlatform: allowed !== undefined && !allowed.includes(platform),
      },
    ];
  });
  return { ok: true, plan: { tasks } };
}

/** Depth first, in the order given; `cycle` starts and ends with the same id. */
export function topological(
  ids: readonly TaskId[],
  waits: ReadonlyMap<TaskId, readonly TaskId[]>
): { readonly order: readonly TaskId[]; readonly cycle?: readonly TaskId[] } {
  const order: TaskId[] = [];
  const state = new Map<TaskId, "open" | "done">();
  let cycle: readonly TaskId[] | undefined;
  // A stack of our own: a chain of thousands of tasks must not overflow the call stack.
  for (const start of ids) {
    if (state.has(start)) {
      continue;
    }
    const stack: { id: TaskId; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, "open");
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const child = waits.get(top.id)?.[top.next];
      top.next += 1;
      if (child === undefined) {
        state.set(top.id, "done");
        order.push(top.id);
        stack.pop();
      } else if (!state.has(child)) {
        state.set(child, "open");
        stack.push({ id: child, next: 0 });
      } else if (state.get(child) === "open" && cycle === undefined) {
        const path = stack.map((entry) => entry.id);
        cycle = [...path.slice(path.indexOf(child)), child];
      }
    }
  }
  return cycle === undefined ? { order } : { order, cycle };
}
