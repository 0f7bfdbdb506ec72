import type { Finding } from "../core/finding.ts";
import type { TaskId } from "../core/task-id.ts";

/** How lint and format code speaks to the task that it works for. */
export interface TaskIo {
  readonly id: TaskId;
  readonly signal: AbortSignal;
  progress(step: { readonly done?: number; readonly total?: number; readonly text?: string }): void;
  report(finding: Finding): void;
  log(text: string): void;
  /** Works through items in as many lanes as there are idle places. */
  spread<T>(items: readonly T[], work: (item: T, index: number) => Promise<void>): Promise<void>;
}
