import { join } from "node:path";
import { Store } from "../cache/store.ts";
import { cleanStore, cleanToolFolders, pruneStore, statusOf } from "../cache/upkeep.ts";
import { ProblemError } from "../core/problem.ts";
import type { Task } from "../core/task.ts";
import { stateFolders } from "../host/folders.ts";
import { explainFiles, explainTask } from "../lint/kept/explain.ts";
import { storeName } from "../lint/kept/kept.ts";
import { showBytes } from "../lint/native/large-file.ts";
import type { LintSession } from "../lint/session.ts";
import type { Wiring } from "./wiring.ts";

function open({ io }: Wiring): Store {
  return new Store({ file: join(stateFolders(io.env).cache, storeName), now: Date.now });
}

/** What is kept, and where. */
export function cacheStatus(json: boolean, wiring: Wiring): string {
  const store = open(wiring);
  const status = statusOf(store);
  store.close();
  const { enabled, max_size } = wiring.opened.config.cache;
  if (json) {
    return `${JSON.stringify({ ...status, enabled, maxBytes: max_size }, null, 2)}\n`;
  }
  const { file, fault, bytes, tools, states } = status;
  if (fault !== undefined) {
    return `there is no cache: ${fault}\n${file}\n`;
  }
  const width = Math.max(0, ...tools.map(({ tool }) => tool.length));
  const rows = tools.map(
    ({ tool, action, answers }) => `  ${tool.padEnd(width)}  ${action.padEnd(6)}  ${answers.toLocaleString("en")}`
  );
  return [
    file,
    `${showBytes(bytes)} of at most ${showBytes(max_size)}${enabled ? "" : "; turned off by cache.enabled"}`,
    `${states} ${states === 1 ? "state of a project is" : "states of projects are"} known as a whole`,
    ...(rows.length === 0 ? [] : ["answers about files:", ...rows]),
    "",
  ].join("\n");
}

export function cleanCache(wiring: Wiring): string {
  const store = open(wiring);
  const bytes = cleanStore(store);
  store.close();
  cleanToolFolders(join(stateFolders(wiring.io.env).cache, "tools"));
  return `forgotten: ${showBytes(bytes)}\n`;
}

export function pruneCache(days: number | undefined, wiring: Wiring): string {
  const store = open(wiring);
  const before = statusOf(store).bytes;
  const today = Math.floor(Date.now() / 86_400_000);
  const maxBytes = wiring.opened.config.cache.max_size;
  const gone = pruneStore(store, today, { days: days ?? 30, maxBytes, compact: true });
  const { bytes } = statusOf(store);
  store.close();
  const answers = `${gone} ${gone === 1 ? "answer" : "answers"}`;
  return `forgotten: ${answers}, ${showBytes(Math.max(0, before - bytes))}; left: ${showBytes(bytes)}\n`;
}

/** Whether results are known, word by word; rejects with a `ProblemError` for what is neither task nor file. */
export async function explainCache(words: readonly string[], wiring: Wiring, session: LintSession): Promise<string> {
  if (session.kept === undefined) {
    return "nothing is kept: the cache is turned off\n";
  }
  const { catalog } = wiring.opened;
  const tasks = words.map((word) => catalog.resolve(word));
  const files = words.filter((_, place) => tasks[place] === undefined);
  const texts: string[] = [];
  for (const task of tasks) {
    if (task !== undefined) {
      texts.push(await explainTask(task.id, toolOf(task), session));
    }
  }
  if (files.length > 0) {
    const linters = catalog
      .all()
      .flatMap(({ id, definition }) => (id.startsWith("lint:") ? [definition.tool ?? ""] : []));
    texts.push(await explainFiles(files, new Set(linters), session));
  }
  return texts.join("");
}

/** Rejects for a task of which no results are kept. */
function toolOf({ id, definition }: Task): string {
  if (definition.tool === undefined) {
    throw new ProblemError({
      kind: "wrong-use",
      message: `no results of \`${id}\` are kept`,
      hint: "ask about the task of one linter, such as lint:bash, or about a file",
    });
  }
  return definition.tool;
}
