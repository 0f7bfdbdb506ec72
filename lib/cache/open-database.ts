import { Database } from "bun:sqlite";
import { mkdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { schema, schemaVersion, tables } from "./schema.ts";

export type OpenedDatabase =
  | { readonly ok: true; readonly database: Database }
  /** Why there is no cache, in words. */
  | { readonly ok: false; readonly why: string };

/** How long a write waits for that of another process, in milliseconds; then it is left out. */
const patience = 1000;

/**
 * The database at an absolute path, made where there is none, emptied where it is of an older version, replaced where it
 * is no sound database. Never throws: without a cache everything is only slower.
 */
export function openDatabase(file: string): OpenedDatabase {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return openOnce(file);
  } catch (error) {
    if (!isSpoiled(error)) {
      return { ok: false, why: wordsOf(error) };
    }
  }
  try {
    removeDatabase(file);
    return openOnce(file);
  } catch (error) {
    return { ok: false, why: wordsOf(error) };
  }
}

function openOnce(file: string): OpenedDatabase {
  const database = new Database(file, { create: true, readwrite: true });
  try {
    database.run(`PRAGMA busy_timeout = ${patience}`);
    const version = versionOf(database);
    if (version > schemaVersion) {
      database.close();
      return { ok: false, why: `a later version of k made ${file}` };
    }
    if (version < schemaVersion) {
      makeTables(database);
    }
    // In this mode a killed process loses its last writes and nothing else.
    database.run("PRAGMA synchronous = NORMAL");
    return { ok: true, database };
  } catch (error) {
    database.close();
    throw error;
  }
}

function versionOf(database: Database): number {
  return database.query<{ user_version: number }, []>("PRAGMA user_version").get()?.user_version ?? 0;
}

function makeTables(database: Database): void {
  database.run("PRAGMA journal_mode = WAL");
  database
    .transaction(() => {
      // Another process may have been first.
      if (versionOf(database) >= schemaVersion) {
        return;
      }
      for (const table of tables) {
        database.run(`DROP TABLE IF EXISTS ${table}`);
      }
      database.run(schema);
      database.run(`PRAGMA user_version = ${schemaVersion}`);
    })
    .immediate();
}

/** True where the file itself is at fault, so that a new one mends it. */
export function isSpoiled(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^SQLITE_(CORRUPT|NOTADB|IOERR_SHORT_READ|FORMAT)/.test(code) || /no such (table|column)/.test(wordsOf(error));
}

export function removeDatabase(file: string): void {
  for (const suffix of ["", "-wal", "-shm", "-journal"]) {
    rmSync(`${file}${suffix}`, { force: true });
  }
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
