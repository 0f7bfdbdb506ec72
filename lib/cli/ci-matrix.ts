import { type Problem, ProblemError } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import type { Task } from "../core/task.ts";
import { listProject } from "../git/files.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";

/** One job of a CI. */
export interface MatrixRow {
  readonly name: string;
  /** What stands behind `k`. */
  readonly args: string;
}

/** Enough that starting a runner does not cost more than it saves. */
const filesPerShard = 2000;
const maxShards = 16;

/** The matrix of some tasks as one line of JSON; rejects with a `ProblemError` where there is no such task. */
export async function ciMatrix(
  words: readonly string[],
  shards: number | undefined,
  opened: Pick<Opened, "catalog" | "project">,
  io: Pick<Io, "env">
): Promise<string> {
  const tasks = resolveAll(words.length === 0 ? ["lint", "format:check"] : words, opened);
  const count = shards ?? (await shardsFor(opened.project.root, io));
  return `${JSON.stringify({ include: tasks.flatMap((task) => rowsOf(task, count)) })}\n`;
}

export function rowsOf({ id, definition }: Pick<Task, "id" | "definition">, shards: number): readonly MatrixRow[] {
  const isShared = shards > 1 && Object.hasOwn(definition.flags ?? {}, "shard");
  return isShared
    ? Array.from({ length: shards }, (_, at) => `${at + 1}/${shards}`).map((shard) => ({
        name: `${id} ${shard}`,
        args: `${id} --shard ${shard}`,
      }))
    : [{ name: id, args: id }];
}

function resolveAll(words: readonly string[], { catalog }: Pick<Opened, "catalog">): readonly Task[] {
  const problems: Problem[] = [];
  const tasks = words.flatMap((word) => {
    const task = catalog.resolve(word);
    if (task === undefined) {
      const near = nearest(word, catalog.words());
      problems.push({ kind: "unknown-task", word, ...(near === undefined ? {} : { nearest: near }) });
    }
    return task ?? [];
  });
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
  return tasks;
}

async function shardsFor(root: string, { env }: Pick<Io, "env">): Promise<number> {
  const { files } = await listProject(root, { env });
  return Math.min(maxShards, Math.max(1, Math.ceil(files.length / filesPerShard)));
}
