import type { CompletionSource } from "../core/flag.ts";
import type { Candidate, KnownTasks } from "./candidate.ts";

/** Where a source may look. */
export interface Places {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `k`'s home, absolute. */
  readonly home: string;
  /** Where the command would run, absolute. */
  readonly cwd: string;
  readonly tasks: KnownTasks;
}

/** Finds values; what cannot be read gives none. It only looks: nothing of the project runs, and nothing is written. */
export type Source = (places: Places, typed: string) => Promise<readonly Candidate[]>;

type Named = Exclude<CompletionSource, "none">;

/** Each is loaded when it is asked: one TAB needs one of them. */
const sources: Readonly<Record<Named, () => Promise<{ readonly source: Source }>>> = {
  file: () => import("./sources/file.ts"),
  folder: () => import("./sources/folder.ts"),
  task: () => import("./sources/task.ts"),
  tool: () => import("./sources/tool.ts"),
  hook: () => import("./sources/hook.ts"),
  input: () => import("./sources/input.ts"),
  shell: () => import("./sources/shell.ts"),
  vm: () => import("./sources/vm.ts"),
};

export async function valuesFrom(name: CompletionSource, places: Places, typed: string): Promise<readonly Candidate[]> {
  return name === "none" ? [] : (await sources[name]()).source(places, typed);
}
