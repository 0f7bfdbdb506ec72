import type { Store } from "./store.ts";

/** An answer that is kept of a file, and on what it rested. */
export interface Earlier {
  readonly content: string;
  /** Milliseconds since 1970. */
  readonly made: number;
  readonly recipe: string;
  readonly parts: Readonly<Record<string, string>>;
}

/** What is kept of one tool about one path, newest first. */
export function earlierAnswers(store: Store, tool: string, action: string, path: string): readonly Earlier[] {
  const sql =
    "SELECT content, made, digest AS recipe, parts FROM results JOIN recipes ON recipes.id = recipe " +
    "WHERE path = ? AND tool = ? AND action = ? ORDER BY made DESC LIMIT 50";
  return store.attempt<readonly Earlier[]>([], (database) =>
    database
      .query<{ content: string; made: number; recipe: string; parts: string }, [string, string, string]>(sql)
      .all(path, tool, action)
      .map((row) => ({ ...row, parts: JSON.parse(row.parts) as Earlier["parts"] }))
  );
}

/** The parts of a recipe by its digest. */
export function partsOf(store: Store, digest: string): Readonly<Record<string, string>> | undefined {
  return store.attempt<Earlier["parts"] | undefined>(undefined, (database) => {
    const row = database.query<{ parts: string }, [string]>("SELECT parts FROM recipes WHERE digest = ?").get(digest);
    return row === null ? undefined : (JSON.parse(row.parts) as Earlier["parts"]);
  });
}

/** How many lists of files are kept: they are for whoever asks what changed, and large. */
const mostLists = 12;

/** Keeps which files, with which content, one state of a project was made of. */
export function keepList(store: Store, digest: string, contents: ReadonlyMap<string, string>, today: number): void {
  store.attempt<void>(undefined, (database) => {
    if (database.query("SELECT 1 FROM lists WHERE digest = ?").get(digest) !== null) {
      return;
    }
    const text = [...contents].map(([path, id]) => `${path}\0${id}`).join("\n");
    database.run("INSERT OR REPLACE INTO lists (digest, files, used) VALUES (?, ?, ?)", [
      digest,
      Bun.gzipSync(text, { level: 1 }),
      today,
    ]);
    database.run("DELETE FROM lists WHERE rowid <= (SELECT max(rowid) FROM lists) - ?", [mostLists]);
  });
}

export function listOf(store: Store, digest: string): ReadonlyMap<string, string> | undefined {
  return store.attempt<ReadonlyMap<string, string> | undefined>(undefined, (database) => {
    const row = database.query<{ files: Uint8Array }, [string]>("SELECT files FROM lists WHERE digest = ?").get(digest);
    return row === null ? undefined : parseList(new TextDecoder().decode(Bun.gunzipSync(new Uint8Array(row.files))));
  });
}

function parseList(text: string): ReadonlyMap<string, string> {
  const rows = text === "" ? [] : text.split("\n");
  return new Map(rows.map((row) => [row.slice(0, row.indexOf("\0")), row.slice(row.indexOf("\0") + 1)]));
}
