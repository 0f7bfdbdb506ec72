import type { FlagSpecs } from "../core/flag.ts";
import type { AnyTask, TaskDefinition } from "../core/task.ts";

/** All that a task says of itself; what it does stays in its file. */
export interface Declared {
  readonly data: Omit<TaskDefinition<FlagSpecs>, "run" | "locks"> & { readonly locks?: AnyTask["locks"] };
  readonly runs: boolean;
  /** Its locks depend on its flags. */
  readonly asksForLocks: boolean;
}

/** What a definition declares; undefined where it has more than data, so that a copy of it would not be the same. */
export function declarationOf({ run, locks, ...rest }: AnyTask): Declared | undefined {
  const asksForLocks = typeof locks === "function";
  const data = { ...rest, ...(locks === undefined || asksForLocks ? {} : { locks }) };
  const copy = plainCopy<Declared["data"]>(data);
  return copy === undefined ? undefined : { data: copy, runs: run !== undefined, asksForLocks };
}

/** What comes back of data that is written down; undefined where that is something else. */
export function plainCopy<T>(data: T): T | undefined {
  const copy = JSON.parse(JSON.stringify(data)) as T;
  return Bun.deepEquals(copy, data) ? copy : undefined;
}

/** How the file behind a declaration is loaded, once it is to do something. */
export interface Behind {
  load(): Promise<AnyTask>;
  /** At once, for the locks of a task. */
  loadNow(): AnyTask;
}

/** A definition that is as good as the one in the file, which is not loaded before it runs. */
export function definitionFrom({ data, runs, asksForLocks }: Declared, { load, loadNow }: Behind): AnyTask {
  return {
    ...data,
    ...(runs ? { run: async (context) => (await load()).run?.(context) } : {}),
    ...(asksForLocks ? { locks: (flags) => locksOf(loadNow(), flags) } : {}),
  } as AnyTask;
}

function locksOf({ locks }: AnyTask, flags: Parameters<Extract<AnyTask["locks"], (...flags: never[]) => unknown>>[0]) {
  return typeof locks === "function" ? locks(flags) : (locks ?? []);
}
