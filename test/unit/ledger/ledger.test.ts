import { expect, test } from "bun:test";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gitHead } from "../../../lib/ledger/git-head.ts";
import { isAlive, ownMark } from "../../../lib/ledger/owner.ts";
import { isRunName, ledgerFolder, logFiles, newRunName } from "../../../lib/ledger/place.ts";
import { prune } from "../../../lib/ledger/prune.ts";
import { readRun, runNames, runsOf } from "../../../lib/ledger/read-runs.ts";
import { TaskLog } from "../../../lib/ledger/task-log.ts";
import { LedgerWriter } from "../../../lib/ledger/writer.ts";
import { tempFolder, type TempFolder } from "../../support/temp-folder.ts";
import { exited, finding, id, passed, row, say } from "../render/recorder.ts";

const start = { argv: ["a"], cwd: "/p", root: "/p", version: "0.0.0", head: {} };

function writeRun(folder: string, at: string, output = "out\n", ends = true): string {
  const writer = new LedgerWriter(start, { folder, taskLimit: 1_000_000, now: () => new Date(at) });
  const events = [say.run([row("a")]), say.start("a"), say.output("a", output), say.finish("a", passed), say.end(10)];
  for (const event of ends ? events : events.slice(0, 3)) {
    writer.handle(event);
  }
  writer.close();
  return (
    runNames(folder).find((name) =>
      name.startsWith(at.slice(0, 19).replaceAll("-", "").replace("T", "-").replaceAll(":", ""))
    ) ?? ""
  );
}

test("names of runs sort by the moment of their start, to the millisecond", () => {
  const moments = [
    "2025-12-31T23:59:59.999Z",
    "2026-01-01T00:00:00.000Z",
    "2026-01-01T00:00:00.001Z",
    "2026-01-01T00:00:00.036Z",
  ];
  const names = moments.map((at) => newRunName(new Date(at)));
  expect(names.toSorted()).toEqual(names);
  expect(names.every(isRunName)).toBe(true);
  expect(names[0]).toMatch(/^20251231-235959-rr[0-9a-z]{4}$/);
});

test("projects of one name have folders of their own", () => {
  const [one, two] = [ledgerFolder("/state", "/a/my project"), ledgerFolder("/state", "/b/my project")];
  expect(one).toMatch(/^\/state\/runs\/my_project-[0-9a-z]+$/);
  expect(one).not.toBe(two);
});

test("of a record that a crash cut off, all whole lines count", () => {
  using folder = tempFolder();
  const name = writeRun(folder.path, "2026-01-02T03:04:05Z", "out\n", false);
  const record = folder.at(name, "run.ndjson");
  appendFileSync(record, '{"type":"task-finished","id":"a","status":"pas');
  const run = readRun(folder.path, name);
  expect(run?.state).toBe("running");
  expect(run?.tasks.size).toBe(0);
  // Its process is another one now, as after a boot.
  writeFileSync(record, readFileSync(record, "utf8").replace(/"owner":"\d+ /, '"owner":"999999999 '));
  expect(readRun(folder.path, name)?.state).toBe("interrupted");
});

test.each([
  "",
  "{}\n",
  "null\n",
  '{"type":"run-started"}\n',
  '{"type":"run-started","format":99,"at":"","owner":"","cwd":"","argv":[],"tasks":[]}\n',
  "\0\xff\n",
])("what is no record is passed over: %p", (text) => {
  using folder = tempFolder();
  folder.write("20260102-030405-aaaaaa/run.ndjson", text);
  folder.write("notes/run.ndjson", "{}");
  const good = writeRun(folder.path, "2026-01-01T00:00:00Z");
  expect([...runsOf(folder.path)].map((run) => run.id)).toEqual([good]);
});

test("findings and a second attempt stand in the log, each on lines of its own", () => {
  using folder = tempFolder();
  const writer = new LedgerWriter(start, { folder: folder.path, taskLimit: 1_000_000, now: () => new Date(0) });
  const events = [
    say.run([row("lint:bash")]),
    say.start("lint:bash"),
    say.output("lint:bash", "no end of line"),
    say.finding("lint:bash", finding({ message: "two\n  lines" })),
    say.start("lint:bash", 5, 2),
    say.finding("lint:bash", finding({ rule: "" })),
    say.finish("lint:bash", exited("lint:bash", 1)),
  ];
  for (const event of events) {
    writer.handle(event);
  }
  writer.close();
  const [run] = [...runsOf(folder.path)];
  expect(readFileSync(logFiles(run?.folder ?? "", id("lint:bash")).now, "utf8")).toBe(
    "no end of line\na.sh:2:1: warning: two lines [shellcheck SC2086]\n--- attempt 2 ---\na.sh:2:1: warning: Quote this. [shellcheck]\n"
  );
  expect(run?.tasks.get(id("lint:bash"))).toMatchObject({ attempts: 2, findings: 1, status: "failed" });
});

test("of a log that grows too long the end is kept, at least half of what it may be", () => {
  using folder = tempFolder();
  const files = { now: folder.at("a.log"), before: folder.at("a.log.old") };
  const log = new TaskLog(files, 1000);
  const lines = Array.from({ length: 500 }, (_, index) => `line ${index}\n`);
  for (const line of lines) {
    log.write(line);
  }
  log.close();
  const kept = readFileSync(files.before, "utf8") + readFileSync(files.now, "utf8");
  expect(lines.join("").endsWith(kept)).toBe(true);
  expect(kept.length).toBeGreaterThanOrEqual(500);
  expect(kept.length).toBeLessThanOrEqual(1000 + 20);
  expect(log.total).toBe(lines.join("").length);
});

const day = (date: string): string => `2026-01-${date}T00:00:00Z`;

test.each([
  ["too many", { runs: 2, days: 365, size: 1e9 }, 0, ["04", "03"]],
  ["too old", { runs: 99, days: 3, size: 1e9 }, 0, ["04", "03"]],
  ["nothing over the limits", { runs: 99, days: 365, size: 1e9 }, 1e9, ["04", "03", "02", "01"]],
  ["too large", { runs: 99, days: 365, size: 6000 }, 5000, ["04", "03"]],
  ["too large, but the last one took little", { runs: 10, days: 365, size: 6000 }, 100, ["04", "03", "02", "01"]],
  ["the last one stays whatever it is", { runs: 1, days: 1, size: 1 }, 5000, ["04"]],
])("old runs go: %s", (_, limits, wrote, left) => {
  using folder = tempFolder();
  for (const date of ["01", "02", "03", "04"]) {
    writeRun(folder.path, day(date), "x".repeat(1000));
  }
  prune(folder.path, limits, { now: new Date("2026-01-05T12:00:00Z"), wrote });
  expect(runNames(folder.path).map((name) => name.slice(6, 8))).toEqual(left);
});

test("a run that goes on is not removed, and pruning where nothing is does no harm", () => {
  using folder: TempFolder = tempFolder();
  const open = writeRun(folder.path, day("01"), "x", false);
  writeRun(folder.path, day("02"));
  prune(folder.path, { runs: 1, days: 1, size: 1 }, { now: new Date(day("30")), wrote: 9 });
  expect(runNames(folder.path)).toContain(open);
  prune(folder.at("none"), { runs: 1, days: 1, size: 1 }, { now: new Date(), wrote: 9 });
  expect(readdirSync(folder.path)).toHaveLength(2);
});

test("a process is told from another with its number, and this one lives", () => {
  expect(isAlive(ownMark())).toBe(true);
  const [pid, began, where] = ownMark().split(" ");
  expect(isAlive(`${pid} ${Number(began) + 1} ${where}`)).toBe(false);
  expect(isAlive(`${pid} ${began} elsewhere`)).toBe(false);
  expect(isAlive("")).toBe(false);
});

const commit = "0123456789abcdef0123456789abcdef01234567";

test.each([
  ["a branch", { HEAD: "ref: refs/heads/a/b\n", "refs/heads/a/b": `${commit}\n` }, { branch: "a/b", commit }],
  [
    "a packed branch",
    { HEAD: "ref: refs/heads/main\n", "packed-refs": `# pack-refs\n${commit} refs/heads/main\n` },
    { branch: "main", commit },
  ],
  ["no branch", { HEAD: `${commit}\n` }, { commit }],
  ["no commit yet", { HEAD: "ref: refs/heads/main\n" }, { branch: "main" }],
  ["no repository", {}, {}],
])("what is checked out is read from the files: %s", (_, files, head) => {
  using folder = tempFolder(files);
  expect(gitHead(folder.path, folder.path)).toEqual(head as object);
});

test("in a worktree, the branch is where all worktrees have it", () => {
  using folder = tempFolder({ "tree/HEAD": "ref: refs/heads/x", "common/refs/heads/x": commit });
  expect(gitHead(folder.at("tree"), folder.at("common"))).toEqual({ branch: "x", commit });
});

test("a disk that fails ends the writing and throws nothing", () => {
  using folder = tempFolder({ file: "" });
  const writer = new LedgerWriter(start, {
    folder: join(folder.path, "file", "runs"),
    taskLimit: 10,
    now: () => new Date(0),
  });
  for (const event of [
    say.run([row("a")]),
    say.start("a"),
    say.output("a", "x"),
    say.finish("a", passed),
    say.end(1),
  ]) {
    writer.handle(event);
  }
  writer.close();
  expect(writer.size).toBe(0);
});
