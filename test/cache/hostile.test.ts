import { expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cachedProject, lint, looked } from "../support/cached-project.ts";
import { canMount, seal, smallDisk } from "../support/small-disk.ts";
import { kArguments, type Sandbox } from "../support/sandbox.ts";

const tools = ["shellcheck", "k"];

function databaseOf(box: Sandbox): string {
  return join(box.env["HOME"] ?? "", ".cache/konductor/results.db");
}

/** What a run says without any cache, to compare with. */
async function truth(box: Sandbox): Promise<readonly string[]> {
  return (await lint(box, ["--no-cache"], tools)).findings;
}

const spoilt: readonly (readonly [string, (file: string) => void])[] = [
  [
    "no database at all",
    (file) => writeFileSync(file, "this is no database, and long enough to be looked at".repeat(200)),
  ],
  ["cut off in the middle", (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2))],
  ["empty", (file) => truncateSync(file, 0)],
  [
    "with bytes turned over in all of its pages but the first",
    (file) => {
      const bytes = readFileSync(file);
      for (let at = 4096; at < bytes.length; at += 7) {
        bytes[at] = (bytes[at] ?? 0) ^ 0xff;
      }
      writeFileSync(file, bytes);
    },
  ],
  [
    "without a table that it should have",
    (file) => {
      const database = new Database(file);
      database.run("DROP TABLE results");
      database.run("DROP TABLE runs");
      database.close();
    },
  ],
  [
    "of an older version",
    (file) => {
      const database = new Database(file);
      database.run("PRAGMA user_version = 0");
      database.close();
    },
  ],
];

test.each(spoilt)(
  "a database that is %s is replaced, and nothing wrong is said",
  async (_, spoil) => {
    await using box = await cachedProject({ "b.sh": "#!/bin/sh\n" });
    const cold = await lint(box, [], tools);
    spoil(databaseOf(box));
    const after = await lint(box, [], tools);
    expect(after.findings).toEqual(cold.findings);
    expect(after.notes).not.toContain("SQLite");
    await lint(box, [], tools);
    expect(looked(await lint(box, [], tools))).toEqual([]);
  },
  30_000
);

test("an answer whose text the disk changed is not believed", async () => {
  await using box = await cachedProject({ "b.sh": "#!/bin/sh\n" });
  const cold = await lint(box, [], tools);
  const database = new Database(databaseOf(box));
  const lies = database.run("UPDATE results SET said = '' WHERE said != ''").changes;
  const more = database.run("UPDATE runs SET said = replace(said, 'SC2086', 'SC1000')").changes;
  database.close();
  expect([lies > 0, more > 0]).toEqual([true, true]);
  expect((await lint(box, [], tools)).findings).toEqual(cold.findings);
}, 30_000);

test("the database of a later version is left alone", async () => {
  await using box = await cachedProject();
  await lint(box, [], tools);
  const file = databaseOf(box);
  const database = new Database(file);
  database.run("PRAGMA user_version = 99");
  database.close();
  const before = readFileSync(file);
  expect((await lint(box, [], tools)).findings).toEqual(await truth(box));
  expect(readFileSync(file).equals(before)).toBe(true);
}, 30_000);

test("where the cache folder cannot be made, all works without it", async () => {
  await using box = await cachedProject();
  const place = join(box.root, "../not-a-folder");
  writeFileSync(place, "");
  const ran = await lint(box, [], tools, { XDG_CACHE_HOME: place });
  expect(ran.findings).toEqual(await truth(box));
}, 30_000);

test.skipIf(!canMount())(
  "a cache folder that is read-only is no hindrance",
  async () => {
    await using box = await cachedProject();
    const cold = await lint(box, [], tools);
    const folder = join(box.env["HOME"] ?? "", ".cache/konductor");
    using sealed = seal(folder);
    expect(sealed).toBeDefined();
    expect(() => writeFileSync(join(folder, "x"), "")).toThrow();
    expect((await lint(box, [], tools)).findings).toEqual(cold.findings);
    await box.write({ "a.sh": "#!/bin/sh\necho\n" });
    expect((await lint(box, [], tools)).findings).toEqual(await truth(box));
  },
  30_000
);

test.skipIf(!canMount())(
  "a disk that fills up costs answers, and none is wrong",
  async () => {
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, at) => [`f/${at}.txt`, `line ${at} \n`.repeat(20)])
    );
    await using box = await cachedProject({ ...many, "b.sh": "#!/bin/sh\n" });
    const expected = await truth(box);
    for (const kib of [4, 40, 160]) {
      using disk = smallDisk(kib);
      const env = { XDG_CACHE_HOME: disk?.path };
      expect((await lint(box, [], tools, env)).findings).toEqual(expected);
      expect((await lint(box, [], tools, env)).findings).toEqual(expected);
    }
  },
  60_000
);

test("runs at the same time do not disturb each other", async () => {
  await using box = await cachedProject();
  const expected = await truth(box);
  const runs = await Promise.all(Array.from({ length: 4 }, () => lint(box, [], tools)));
  expect(runs.map(({ findings }) => findings)).toEqual(runs.map(() => expected));
  await lint(box, [], tools);
  expect(looked(await lint(box, [], tools))).toEqual([]);
}, 60_000);

test("a run that is killed while it writes leaves a cache that is good", async () => {
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`f/${at}.txt`, `line ${at} \n`.repeat(20)]));
  await using box = await cachedProject(many);
  const expected = await truth(box);
  const file = databaseOf(box);
  mkdirSync(join(file, ".."), { recursive: true });
  for (let round = 0; round < 3; round += 1) {
    const child = Bun.spawn([...kCommand(), "lint", "--tool", tools.join(",")], {
      cwd: box.root,
      env: box.env,
      stdout: "ignore",
      stderr: "ignore",
    });
    // As soon as it writes: the log grows with its first transaction.
    while (child.exitCode === null && !readdirSync(join(file, "..")).some((name) => name === "results.db-wal")) {
      await Bun.sleep(1);
    }
    await Bun.sleep(round * 7);
    child.kill("SIGKILL");
    await child.exited;
    expect((await lint(box, [], tools)).findings).toEqual(expected);
  }
  expect(existsSync(file)).toBe(true);
}, 60_000);

test("a file that changes while its tool is at work is not kept", async () => {
  await using box = await cachedProject({ "b.sh": "#!/bin/sh\n" });
  const bin = join(box.root, "../bin");
  // Reads the file, then has it changed before it ends.
  const real = Bun.which("shellcheck");
  await Bun.write(
    join(bin, "shellcheck"),
    `#!/usr/bin/env python3
import subprocess, sys
ran = subprocess.run(["${real}", *sys.argv[1:]], capture_output=True)
if "--version" not in sys.argv:
    open("a.sh", "w").write('#!/bin/sh\\necho "$1"\\n')
sys.stdout.buffer.write(ran.stdout)
sys.exit(ran.returncode)
`
  );
  chmodSync(join(bin, "shellcheck"), 0o755);
  const env = { PATH: `${bin}:${box.env["PATH"]}` };
  expect((await lint(box, [], ["shellcheck"], env)).findings.join()).toContain("SC2086");
  await box.write({ "a.sh": "#!/bin/sh\necho $1\n" });
  expect((await lint(box, [], ["shellcheck"], env)).findings.join()).toContain("SC2086");
  await box.write({ "a.sh": '#!/bin/sh\necho "$1"\n' });
  expect((await lint(box, [], ["shellcheck"], env)).findings.join()).not.toContain("SC2086");
}, 60_000);

function kCommand(): readonly string[] {
  return [process.execPath, ...kArguments];
}
