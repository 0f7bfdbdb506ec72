import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ExitCode } from "../core/exit-code.ts";
import type { TaskId } from "../core/task-id.ts";
import { type Line, linesVersion, type StartedLine, type TaskLine } from "./lines.ts";
import { isAlive } from "./owner.ts";
import { isRunName, recordFile } from "./place.ts";

/** A run as it was written down. */
export interface Run {
  /** Its name, which `--run` takes. */
  readonly id: string;
  /** Where its logs are, absolute. */
  readonly folder: string;
  readonly start: StartedLine;
  readonly tasks: ReadonlyMap<TaskId, TaskLine>;
  /** `interrupted` where its `k` is gone and said nothing of an end. */
  readonly state: "running" | "finished" | "interrupted";
  readonly exitCode: ExitCode | undefined;
  /** In milliseconds; of a run without an end, up to the last that was heard of it. */
  readonly took: number;
}

/** The names of a project's runs, the newest first; none where the folder cannot be read. */
export function runNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(isRunName).toSorted().toReversed();
  } catch {
    return [];
  }
}

/** The runs of a project, the newest first, each read when asked for; what is no record is passed over. */
export function* runsOf(folder: string): Generator<Run> {
  for (const name of runNames(folder)) {
    const run = readRun(folder, name);
    if (run !== undefined) {
      yield run;
    }
  }
}

export function readRun(folder: string, name: string): Run | undefined {
  const own = join(folder, name);
  const lines = linesOf(join(own, recordFile));
  const start = lines.find((line) => line.type === "run-started");
  if (start === undefined || start.format !== linesVersion) {
    return undefined;
  }
  const tasks = lines.filter((line) => line.type === "task-finished");
  const end = lines.find((line) => line.type === "run-finished");
  return {
    id: name,
    folder: own,
    start,
    tasks: new Map(tasks.map((line) => [line.id, line])),
    state: end !== undefined ? "finished" : isAlive(start.owner) ? "running" : "interrupted",
    exitCode: end?.exitCode,
    took: end?.at ?? Math.max(0, ...tasks.map(({ at }) => at)),
  };
}

/** A line that was cut off by a crash is no line. */
function linesOf(path: string): readonly Line[] {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch {
    return [];
  }
  return text.split("\n").flatMap((line) => {
    try {
      const value: unknown = JSON.parse(line);
      return isLine(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

/** By what every reader relies on: `k` alone writes here. */
function isLine(value: unknown): value is Line {
  if (typeof value !== "object" || value === null || !("type" in value)) {
    return false;
  }
  const has = (fields: Readonly<Record<string, string>>): boolean =>
    Object.entries(fields).every(([name, type]) => typeof (value as Record<string, unknown>)[name] === type);
  switch (value.type) {
    case "run-started":
      return (
        has({ at: "string", owner: "string", cwd: "string" }) &&
        "argv" in value &&
        Array.isArray(value.argv) &&
        "tasks" in value &&
        Array.isArray(value.tasks)
      );
    case "task-finished":
      return has({ id: "string", status: "string", at: "number", duration: "number", logged: "number" });
    case "run-finished":
      return has({ at: "number", exitCode: "number" });
    default:
      return false;
  }
}
