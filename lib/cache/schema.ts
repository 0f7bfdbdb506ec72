/** Rises when a table changes: an older database is emptied, a later one is left alone and not used. */
export const schemaVersion = 1;

/**
 * `recipes`: everything that a tool's answer rests on but the files. `results`: what a tool says of one file, or of a
 * whole set of them where `path` is empty. `runs`: what whole runs over one state of a project came to. `stats`: content
 * ids by a file's place and times. `lists`: which files, with which content, a set was made of. `used` is the day (since
 * 1970) on which a row was last of use; `sum` tells a row that the disk spoiled.
 */
export const schema = `
  CREATE TABLE recipes (id INTEGER PRIMARY KEY AUTOINCREMENT, digest TEXT NOT NULL UNIQUE, tool TEXT NOT NULL,
    action TEXT NOT NULL, parts TEXT NOT NULL, used INTEGER NOT NULL);
  CREATE TABLE results (id INTEGER PRIMARY KEY, recipe INTEGER NOT NULL, path TEXT NOT NULL, content TEXT NOT NULL,
    said TEXT NOT NULL, sum INTEGER NOT NULL, made INTEGER NOT NULL, used INTEGER NOT NULL);
  CREATE TABLE runs (list TEXT NOT NULL, key TEXT NOT NULL, said TEXT NOT NULL, sum INTEGER NOT NULL,
    used INTEGER NOT NULL, PRIMARY KEY (list, key)) WITHOUT ROWID;
  CREATE TABLE stats (place TEXT PRIMARY KEY, stat TEXT NOT NULL, content TEXT NOT NULL, sum INTEGER NOT NULL,
    used INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE lists (digest TEXT PRIMARY KEY, files BLOB NOT NULL, used INTEGER NOT NULL);
`;

export const tables = ["recipes", "results", "runs", "stats", "lists"] as const;
