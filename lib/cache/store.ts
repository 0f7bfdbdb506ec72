import type { Database, SQLQueryBindings } from "bun:sqlite";
import { isSpoiled, openDatabase, removeDatabase, wordsOf } from "./open-database.ts";

/** One answer of a tool: of one file, or of a set where `path` is empty. */
export interface Result {
  /** A row of `recipes`. */
  readonly recipe: number;
  /** Relative to the project. */
  readonly path: string;
  /** The id of the file's content, or the digest of all that a set rests on. */
  readonly content: string;
  /** JSON; empty where there is nothing to say. */
  readonly said: string;
}

export interface Recipe {
  readonly digest: string;
  readonly tool: string;
  readonly action: string;
  /** JSON of named parts, for whoever asks why. */
  readonly parts: string;
}

export interface StoreOptions {
  /** Absolute. */
  readonly file: string;
  /** Milliseconds since 1970. */
  now(): number;
}

interface ResultRow {
  readonly id: number;
  readonly recipe: number;
  readonly path: string;
  readonly content: string;
  readonly said: string;
  readonly sum: number;
  readonly used: number;
}

/** Statements are made for so many ids at once. */
const chunk = 500;

/**
 * What is kept between runs. It opens its database when first asked, and nothing that goes wrong with it reaches the caller:
 * reads then find nothing and writes do nothing.
 */
export class Store {
  readonly #options: StoreOptions;
  readonly #recipes = new Map<string, number>();
  #database: Database | undefined;
  #why: string | undefined;

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  /** Opens the database, which any other use does too. */
  open(): void {
    this.#open();
  }

  get file(): string {
    return this.#options.file;
  }

  /** Why there is no cache; undefined as long as nothing went wrong. */
  get fault(): string | undefined {
    this.#open();
    return this.#why;
  }

  /** The row of a recipe, made where there is none; undefined where nothing can be kept. */
  recipe({ digest, tool, action, parts }: Recipe): number | undefined {
    const known = this.#recipes.get(digest);
    if (known !== undefined) {
      return known;
    }
    const id = this.attempt<number | undefined>(undefined, (database) => {
      const find = database.query<{ id: number; used: number }, [string]>(
        "SELECT id, used FROM recipes WHERE digest = ?"
      );
      const found = find.get(digest);
      const today = this.#today();
      if (found !== null) {
        if (found.used < today) {
          this.#mark(() => database.run("UPDATE recipes SET used = ? WHERE id = ?", [today, found.id]));
        }
        return found.id;
      }
      const insert = "INSERT OR IGNORE INTO recipes (digest, tool, action, parts, used) VALUES (?, ?, ?, ?, ?)";
      database.run(insert, [digest, tool, action, parts, today]);
      return find.get(digest)?.id;
    });
    if (id !== undefined) {
      this.#recipes.set(digest, id);
    }
    return id;
  }

  /** Of the questions those that have been answered before, by their place in the list. */
  results(questions: readonly Omit<Result, "said">[]): ReadonlyMap<number, string> {
    const found = new Map<number, string>();
    const places = new Map(questions.map((question, place) => [rowId(question), place]));
    const ids = [...places.keys()];
    const stale: number[] = [];
    for (let start = 0; start < ids.length; start += chunk) {
      for (const row of this.#rows(ids.slice(start, start + chunk))) {
        const place = places.get(row.id) ?? -1;
        const question = questions[place];
        if (question !== undefined && isAnswer(row, question)) {
          found.set(place, row.said);
          if (row.used < this.#today()) {
            stale.push(row.id);
          }
        }
      }
    }
    this.#touch(stale);
    return found;
  }

  #rows(ids: readonly number[]): readonly ResultRow[] {
    return this.attempt<readonly ResultRow[]>([], (database) => {
      const marks = ids.length === chunk ? fullChunk : ids.map(() => "?").join(",");
      const sql = `SELECT id, recipe, path, content, said, sum, used FROM results WHERE id IN (${marks})`;
      return database.query<ResultRow, number[]>(sql).all(...ids);
    });
  }

  #touch(ids: readonly number[]): void {
    if (ids.length > 0) {
      const today = this.#today();
      const set = "UPDATE results SET used = ? WHERE id IN (SELECT value FROM json_each(?))";
      this.#mark((database) => void database.run(set, [today, JSON.stringify(ids)]));
    }
  }

  keep(results: readonly Result[]): void {
    const insert =
      "INSERT OR REPLACE INTO results (id, recipe, path, content, said, sum, made, used) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    const [now, today] = [this.#options.now(), this.#today()];
    this.#insert(
      insert,
      results.map((result) => {
        const { recipe, path, content, said } = result;
        return [rowId(result), recipe, path, content, said, sumOf(path, content, said), now, today];
      })
    );
  }

  /** All that is known of one state of a project, by key. */
  runs(list: string): ReadonlyMap<string, string> {
    return this.attempt<ReadonlyMap<string, string>>(new Map(), (database) => {
      const rows = database
        .query<{ key: string; said: string; sum: number; used: number }, [string]>(
          "SELECT key, said, sum, used FROM runs WHERE list = ?"
        )
        .all(list);
      const today = this.#today();
      if (rows.some(({ used }) => used < today)) {
        this.#mark(() => database.run("UPDATE runs SET used = ? WHERE list = ?", [today, list]));
      }
      const sound = rows.filter(({ key, said, sum }) => sum === sumOf(list, key, said));
      return new Map(sound.map(({ key, said }) => [key, said]));
    });
  }

  keepRuns(list: string, runs: ReadonlyMap<string, string>): void {
    const today = this.#today();
    this.#insert(
      "INSERT OR REPLACE INTO runs (list, key, said, sum, used) VALUES (?, ?, ?, ?, ?)",
      [...runs].map(([key, said]) => [list, key, said, sumOf(list, key, said), today])
    );
  }

  /** The content ids of files that are still as they were; `stats` is by place, as `keepStats` took it. */
  contents(stats: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    return this.attempt<ReadonlyMap<string, string>>(new Map(), (database) => {
      const sql = "SELECT place, stat, content, sum FROM stats WHERE place IN (SELECT value FROM json_each(?))";
      const rows = database
        .query<{ place: string; stat: string; content: string; sum: number }, [string]>(sql)
        .all(JSON.stringify([...stats.keys()]));
      const good = rows.filter(
        ({ place, stat, content, sum }) => stats.get(place) === stat && sum === sumOf(place, stat, content)
      );
      return new Map(good.map(({ place, content }) => [place, content]));
    });
  }

  keepContents(rows: readonly { readonly place: string; readonly stat: string; readonly content: string }[]): void {
    const today = this.#today();
    this.#insert(
      "INSERT OR REPLACE INTO stats (place, stat, content, sum, used) VALUES (?, ?, ?, ?, ?)",
      rows.map(({ place, stat, content }) => [place, stat, content, sumOf(place, stat, content), today])
    );
  }

  #insert(sql: string, rows: readonly SQLQueryBindings[][]): void {
    if (rows.length === 0) {
      return;
    }
    this.attempt<void>(undefined, (database) => {
      const statement = database.query(sql);
      database
        .transaction(() => {
          for (const row of rows) {
            statement.run(...row);
          }
        })
        .immediate();
    });
  }

  /** Writes that nobody misses. */
  #mark(write: (database: Database) => unknown): void {
    this.attempt<void>(undefined, (database) => void write(database));
  }

  /** Work on the database; `otherwise` where there is none or where it fails. */
  attempt<T>(otherwise: T, work: (database: Database) => T): T {
    const database = this.#open();
    if (database === undefined) {
      return otherwise;
    }
    try {
      return work(database);
    } catch (error) {
      if (isSpoiled(error)) {
        this.#giveUp(wordsOf(error));
      }
      return otherwise;
    }
  }

  #open(): Database | undefined {
    if (this.#database === undefined && this.#why === undefined) {
      const opened = openDatabase(this.#options.file);
      if (opened.ok) {
        this.#database = opened.database;
      } else {
        this.#why = opened.why;
      }
    }
    return this.#database;
  }

  /** The next run makes a new one. */
  #giveUp(why: string): void {
    this.#why = why;
    this.close();
    try {
      removeDatabase(this.#options.file);
    } catch {
      this.#why = `${why}, and it cannot be removed`;
    }
  }

  #today(): number {
    return Math.floor(this.#options.now() / 86_400_000);
  }

  close(): void {
    try {
      this.#database?.close();
    } catch {
      this.#why ??= "it cannot be closed";
    }
    this.#database = undefined;
  }
}

const fullChunk = Array.from({ length: chunk }, () => "?").join(",");

/** Two questions that share an id only cost an answer: the row itself says what it is about. */
function rowId({ recipe, path, content }: Omit<Result, "said">): number {
  return number(`${recipe}\0${path}\0${content}`);
}

function isAnswer(row: ResultRow, { recipe, path, content }: Omit<Result, "said">): boolean {
  return (
    row.recipe === recipe &&
    row.path === path &&
    row.content === content &&
    row.sum === sumOf(row.path, row.content, row.said)
  );
}

function sumOf(...parts: readonly string[]): number {
  return number(parts.join("\0"));
}

/** 52 bits of a hash, which a number holds. */
function number(text: string): number {
  return Number(BigInt.asUintN(52, BigInt(Bun.hash(text))));
}
