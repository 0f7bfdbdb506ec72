import { expect, test } from "bun:test";
import { cspell } from "../../../lib/tools/cspell.ts";
import { ask, findingsOf, oddTexts, testLibrary } from "./ask-worker.ts";
import { folder } from "./run-tool.ts";

testLibrary(cspell);

test("cspell finds nothing wrong with files that hold nothing", async () => {
  using place = folder(Object.fromEntries(Object.entries(oddTexts).map(([name, text]) => [`${name}.md`, text])));
  expect(await findingsOf({ tool: cspell, root: place.path })).toEqual([]);
}, 30_000);

test("cspell names each place of a word, in characters, and what it was meant to be", async () => {
  using place = folder({ "[a] é#%.md": `\uFEFFé😀 recieve\r\n${"recieve ".repeat(150)}\r\n` });
  const found = await findingsOf({ tool: cspell, root: place.path });
  expect(found).toHaveLength(151);
  expect(found[0]).toEqual({
    path: "[a] é#%.md",
    rule: "unknown-word",
    severity: "warning",
    line: 1,
    column: 4,
    endLine: 1,
    endColumn: 11,
    message: "unknown word: recieve, should it be receive?",
  });
  expect(found.at(-1)).toMatchObject({ line: 2, column: 149 * 8 + 1 });
}, 30_000);

test("the project's own words are right", async () => {
  using place = folder({ "a.md": "The frobnicator and the blorptastic thing\n" });
  const found = await findingsOf({ tool: cspell, root: place.path, settings: { words: ["frobnicator"] } });
  expect(found.map(({ message }) => message)).toEqual(["unknown word: blorptastic"]);
}, 30_000);

test("a config that names a dictionary which is not there is an error, not silence", async () => {
  using place = folder({ "own.json": '{ "import": ["./no-such-file.json"] }\n', "a.md": "text\n" });
  await expect(
    ask({ tool: cspell, root: place.path, files: ["a.md"], config: `${place.path}/own.json` })
  ).rejects.toThrow("no-such-file.json");
}, 30_000);
