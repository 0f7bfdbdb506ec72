import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileChanges, recipeChanges } from "../../../lib/cache/difference.ts";
import { blobId, digestOf } from "../../../lib/cache/digest.ts";
import { keepList, listOf } from "../../../lib/cache/history.ts";
import { Store } from "../../../lib/cache/store.ts";
import { cleanStore, pruneStore, statusOf } from "../../../lib/cache/upkeep.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const day = 86_400_000;

function open(folder: string, today = 100): Store {
  return new Store({ file: join(folder, "cache/results.db"), now: () => today * day });
}

const recipe = { digest: "r", tool: "ruff", action: "check", parts: "{}" };

function answer(store: Store, path: string, content: string, said = "[]") {
  return { recipe: store.recipe(recipe) ?? -1, path, content, said };
}

test("an answer is found by recipe, path and content, and by nothing less", () => {
  using folder = tempFolder();
  const store = open(folder.path);
  const kept = answer(store, "a.py", "1", '["x"]');
  store.keep([kept]);
  const other = store.recipe({ ...recipe, digest: "s" }) ?? -1;
  const asked = [kept, { ...kept, path: "b.py" }, { ...kept, content: "2" }, { ...kept, recipe: other }];
  expect([...store.results(asked)]).toEqual([[0, '["x"]']]);
  store.close();
  const again = open(folder.path);
  expect([...again.results(asked)]).toEqual([[0, '["x"]']]);
  again.close();
});

test("more questions than fit in one statement are all answered", () => {
  using folder = tempFolder();
  const store = open(folder.path);
  const all = Array.from({ length: 1203 }, (_, at) => answer(store, `f${at}`, String(at), String(at)));
  store.keep(all);
  const found = store.results(all);
  expect(found.size).toBe(1203);
  expect(found.get(1200)).toBe("1200");
  store.close();
});

test("a row that was changed behind the back is no answer", () => {
  using folder = tempFolder();
  const store = open(folder.path);
  const kept = answer(store, "a.py", "1", '["x"]');
  store.keep([kept]);
  store.keepRuns("list", new Map([["key", "said"]]));
  store.close();
  const database = new Database(store.file);
  database.run("UPDATE results SET said = ''");
  database.run("UPDATE runs SET said = 'lies'");
  database.close();
  const again = open(folder.path);
  expect(again.results([kept]).size).toBe(0);
  expect(again.runs("list").size).toBe(0);
  again.close();
});

test("what was of no use for a while goes, what was of use stays", () => {
  using folder = tempFolder();
  const old = open(folder.path, 100);
  const [used, unused] = [answer(old, "used", "1"), answer(old, "unused", "1")];
  old.keep([used, unused]);
  old.close();
  const later = open(folder.path, 140);
  expect(later.results([used]).size).toBe(1);
  expect(pruneStore(later, 140, { days: 30, maxBytes: 1e9, compact: true })).toBe(1);
  expect([...later.results([used, unused]).keys()]).toEqual([0]);
  later.close();
});

test("a database that is too large loses its oldest answers until it is not", () => {
  using folder = tempFolder();
  const store = open(folder.path);
  const text = JSON.stringify("x".repeat(1000));
  store.keep(Array.from({ length: 2000 }, (_, at) => answer(store, `f${at}`, "1", text)));
  const before = statusOf(store).bytes;
  expect(before).toBeGreaterThan(2_000_000);
  pruneStore(store, 100, { days: 30, maxBytes: 1_000_000, compact: true });
  const { bytes, tools } = statusOf(store);
  expect(bytes).toBeLessThanOrEqual(1_000_000);
  expect(tools[0]?.answers).toBeGreaterThan(100);
  store.close();
});

test("cleaning empties a database that is in use, and removes one that cannot be read", () => {
  using folder = tempFolder();
  const [store, other] = [open(folder.path), open(folder.path)];
  const kept = answer(store, "a", "1");
  store.keep([kept]);
  expect(other.results([kept]).size).toBe(1);
  cleanStore(store);
  expect(other.results([kept]).size).toBe(0);
  other.close();
  store.attempt<void>(undefined, (database) => void database.run("PRAGMA user_version = 99"));
  store.close();
  const late = open(folder.path);
  expect(late.fault).toContain("later version");
  cleanStore(late);
  expect(existsSync(late.file)).toBe(false);
});

test("where no database can be, nothing is kept and nothing thrown", () => {
  using folder = tempFolder();
  mkdirSync(join(folder.path, "cache/results.db"), { recursive: true });
  const store = open(folder.path);
  expect(store.recipe(recipe)).toBeUndefined();
  store.keep([{ recipe: 1, path: "a", content: "1", said: "" }]);
  expect(store.results([{ recipe: 1, path: "a", content: "1" }]).size).toBe(0);
  expect(store.fault).toBeDefined();
  store.close();
});

test("lists of files come back as they were, the last few of them", () => {
  using folder = tempFolder();
  const store = open(folder.path);
  for (let at = 0; at < 15; at += 1) {
    keepList(
      store,
      `list ${at}`,
      new Map([
        ["a b", "1"],
        ["ü", String(at)],
      ]),
      100
    );
  }
  expect(listOf(store, "list 14")).toEqual(
    new Map([
      ["a b", "1"],
      ["ü", "14"],
    ])
  );
  expect(listOf(store, "list 0")).toBeUndefined();
  store.close();
});

test("the id of content is the one that git gives to it", () => {
  // git hash-object --stdin < /dev/null
  expect(blobId(new Uint8Array())).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  expect(blobId(new Uint8Array(), 64)).toBe("473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813");
});

test("texts cannot be moved from one part of a digest to the next", () => {
  const digests = [["ab", "c"], ["a", "bc"], ["abc"], ["ab", "c", ""]].map((parts) => digestOf(parts));
  expect(new Set(digests).size).toBe(4);
});

const differences: readonly (readonly [Record<string, string>, Record<string, string>, readonly string[]])[] = [
  [{ k: "1" }, { k: "1" }, []],
  [{ k: "1" }, { k: "2" }, ["`k` itself is another one"]],
  [{ tool: "ruff 1", program: "a" }, { tool: "ruff 2", program: "b" }, ["the tool was ruff 1, and is ruff 2 now"]],
  [{ program: "a" }, { program: "b" }, ["the program's file is another one"]],
  [{}, { $LANG: "x" }, ["the variable LANG changed"]],
  [{ arguments: "[]" }, { arguments: '["-x"]' }, ['its arguments were [], and are ["-x"] now']],
];

test.each(differences)("from %j to %j: %j", (before, after, words) => {
  expect(recipeChanges(before, after)).toEqual(words);
});

test("changes of files are told by name, a few of them", () => {
  const before = new Map([
    ["a", "1"],
    ["b", "1"],
    ["c", "1"],
  ]);
  const after = new Map([
    ["a", "2"],
    ["c", "1"],
    ["d", "1"],
    ["e", "1"],
    ["f", "1"],
    ["g", "1"],
  ]);
  expect(fileChanges(before, after)).toBe("a changed; d, e, f and 1 more are new; b is gone");
  expect(fileChanges(before, before)).toBe("");
});
