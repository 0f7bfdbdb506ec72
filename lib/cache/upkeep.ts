import type { Database } from "bun:sqlite";
import { rmSync } from "node:fs";
import { removeDatabase } from "./open-database.ts";
import { tables } from "./schema.ts";
import type { Store } from "./store.ts";

export interface StoreStatus {
  readonly file: string;
  /** Why there is no cache; left out where there is one. */
  readonly fault?: string;
  /** Of what is kept, without what is free in the file. */
  readonly bytes: number;
  /** Answers about files, by the tool that gave them, most first. */
  readonly tools: readonly { readonly tool: string; readonly action: string; readonly answers: number }[];
  /** States of projects of which whole runs are known. */
  readonly states: number;
}

export function statusOf(store: Store): StoreStatus {
  const { fault, file } = store;
  return store.attempt<StoreStatus>(
    { file, ...(fault === undefined ? {} : { fault }), bytes: 0, tools: [], states: 0 },
    (database) => ({
      file,
      bytes: usedBytes(database),
      tools: database
        .query<{ tool: string; action: string; answers: number }, []>(
          "SELECT tool, action, count(*) AS answers FROM results JOIN recipes ON recipes.id = recipe GROUP BY 1, 2 ORDER BY 3 DESC, 1"
        )
        .all(),
      states: count(
        database,
        "SELECT count(DISTINCT list) AS n FROM runs WHERE list NOT LIKE 'latest %' AND list NOT LIKE 'converted %'"
      ),
    })
  );
}

function usedBytes(database: Database): number {
  const value = (name: string): number =>
    Object.values(database.query<Record<string, number>, []>(`PRAGMA ${name}`).get() ?? {})[0] ?? 0;
  return (value("page_count") - value("freelist_count")) * value("page_size");
}

function count(database: Database, sql: string): number {
  return database.query<{ n: number }, []>(sql).get()?.n ?? 0;
}

/** Forgets everything, also in a database that this `k` cannot read; returns the bytes that were in use. */
export function cleanStore(store: Store): number {
  const { bytes } = statusOf(store);
  const emptied = store.attempt(false, (database) => {
    database
      .transaction(() => {
        for (const table of tables) {
          database.run(`DELETE FROM ${table}`);
        }
      })
      .immediate();
    database.run("VACUUM");
    return true;
  });
  if (!emptied) {
    store.close();
    removeDatabase(store.file);
  }
  return bytes;
}

/** Removes the folders that tools keep for themselves below `k`'s cache; `folder` is absolute. */
export function cleanToolFolders(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export interface Limits {
  /** Rows that were of no use for so many days go. */
  readonly days: number;
  /** Above this the rows that were of no use for longest go, a quarter at a time. */
  readonly maxBytes: number;
  /** Gives the room back to the disk, which takes a while. */
  readonly compact: boolean;
}

/** Forgets what is too old or too much; returns how many answers went. */
export function pruneStore(store: Store, today: number, { days, maxBytes, compact }: Limits): number {
  return store.attempt(0, (database) => {
    const oldest = today - days;
    let gone = 0;
    database
      .transaction(() => {
        gone += database.run("DELETE FROM results WHERE used < ?", [oldest]).changes;
        for (const table of ["runs", "stats", "lists"]) {
          database.run(`DELETE FROM ${table} WHERE used < ?`, [oldest]);
        }
        for (let turn = 0; turn < 20 && usedBytes(database) > maxBytes; turn += 1) {
          gone += dropQuarter(database);
        }
        database.run("DELETE FROM recipes WHERE used < ? AND id NOT IN (SELECT recipe FROM results)", [oldest]);
      })
      .immediate();
    if (compact) {
      database.run("VACUUM");
    }
    return gone;
  });
}

function dropQuarter(database: Database): number {
  database.run("DELETE FROM runs");
  database.run("DELETE FROM lists");
  database.run("DELETE FROM stats");
  return database.run(
    "DELETE FROM results WHERE id IN (SELECT id FROM results ORDER BY used, made LIMIT (SELECT count(*) / 4 + 1 FROM results))"
  ).changes;
}

/** True where a run has filled it beyond what is allowed. */
export function isTooLarge(store: Store, maxBytes: number): boolean {
  return store.attempt(false, (database) => usedBytes(database) > maxBytes);
}
