import { basename, join } from "node:path";
import type { TaskId } from "../core/task-id.ts";

/** The folder with the runs of one project; both paths absolute. */
export function ledgerFolder(stateFolder: string, root: string): string {
  const name = basename(root)
    .replaceAll(/[^\w.-]/g, "_")
    .slice(0, 40);
  return join(stateFolder, "runs", `${name}-${Bun.hash(root).toString(36)}`);
}

export const recordFile = "run.ndjson";

/** Where the output of a task is kept, and, once that grew too long, what came before it. */
export function logFiles(run: string, id: TaskId): { readonly now: string; readonly before: string } {
  const name = join(run, id.replaceAll(":", "."));
  return { now: `${name}.log`, before: `${name}.log.old` };
}

const runName = /^\d{8}-\d{6}-[0-9a-z]{6}$/;

/** A name by which runs sort by their start, in UTC; the last part tells those of one second apart, earlier ones first. */
export function newRunName(at: Date): string {
  const digits = at.toISOString().replaceAll(/\D/g, "");
  const fine = Number(digits.slice(14, 17)).toString(36).padStart(2, "0");
  const dice = Math.floor(Math.random() * 36 ** 4).toString(36);
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${fine}${dice.padStart(4, "0")}`;
}

export function isRunName(text: string): boolean {
  return runName.test(text);
}
