import { expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { ProblemError } from "../../../lib/core/problem.ts";
import { isRunName, liveOwner, newRunName } from "../../../lib/hooks/owner.ts";
import { removeRun } from "../../../lib/hooks/run-end.ts";
import { enterRun, removeIdleFolder } from "../../../lib/hooks/run-folder.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const quick = { waitMs: 0 };

test("one run enters at a time, also of one process", async () => {
  using folder = tempFolder();
  const base = folder.at("k");
  const first = await enterRun(base, quick);
  await expect(enterRun(base, quick)).rejects.toBeInstanceOf(ProblemError);
  const second = enterRun(base, { waitMs: 10_000 });
  removeRun(folder.path, first.path);
  const { path } = await second;
  expect(readdirSync(base)).toEqual([basename(path)]);
  removeIdleFolder(base);
  expect(readdirSync(base)).toEqual([basename(path)]);
  removeRun(folder.path, path);
  expect(readdirSync(base)).toEqual([]);
});

test("the folder of the runs stays for the next one, until it is taken away, and then comes back", async () => {
  using folder = tempFolder();
  const base = folder.at("deep", "k");
  for (let round = 0; round < 2; round += 1) {
    const { path } = await enterRun(base, quick);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    removeRun(folder.path, path);
    expect(existsSync(base)).toBe(true);
    removeIdleFolder(base);
    expect(existsSync(base)).toBe(false);
    removeIdleFolder(base);
  }
});

test("a run of a process that is dead, or whose number another one has now, is left over", async () => {
  using folder = tempFolder();
  const own = newRunName();
  const dead = own.replace(/^run-\d+/, "run-999999999");
  const reused = own.replace(/^run-(\d+)-\d+/, "run-$1-1");
  for (const name of [dead, reused, "tree", "notes"]) {
    mkdirSync(folder.at("k", name), { recursive: true });
  }
  const { path, leftovers } = await enterRun(folder.at("k"), quick);
  expect(leftovers.map((leftover) => basename(leftover)).toSorted()).toEqual([dead, reused].toSorted());
  removeRun(folder.path, path);
  expect(readdirSync(folder.at("k"))).toHaveLength(4);
});

test("a name tells whose it is", () => {
  using folder = tempFolder();
  const own = newRunName();
  expect([isRunName(own), isRunName("tree"), isRunName("broken-1-2-3-4")]).toEqual([true, false, false]);
  expect(liveOwner(folder.path, own)).toBe(process.pid);
  expect(newRunName()).not.toBe(own);
});

test("of many at once each gets its turn, one after the other", async () => {
  using folder = tempFolder();
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 12 }, async () => {
      const { path } = await enterRun(folder.at("k"), { waitMs: 30_000 });
      inside += 1;
      most = Math.max(most, inside);
      await Bun.sleep(1);
      inside -= 1;
      removeRun(folder.path, path);
    })
  );
  expect(most).toBe(1);
}, 60_000);

test("who is told to stop does not wait", async () => {
  using folder = tempFolder();
  const { path } = await enterRun(folder.at("k"), quick);
  const abort = new AbortController();
  const waiting = enterRun(folder.at("k"), { waitMs: 60_000, signal: abort.signal });
  abort.abort();
  await expect(waiting).rejects.toBeInstanceOf(ProblemError);
  removeRun(folder.path, path);
});

test.skipIf(process.platform !== "linux")("a process that is dead and was collected by nobody is dead", async () => {
  using folder = tempFolder();
  // The shell becomes a program that does not ask for its children; only then does its child end.
  const parent = Bun.spawn(["sh", "-c", "exec 3<&0; cat <&3 & echo $!; exec sleep 60 <&- 3<&-"], {
    stdin: "pipe",
    stdout: "pipe",
  });
  try {
    const { value } = await parent.stdout.getReader().read();
    const pid = Number(Buffer.from(value ?? []).toString());
    const fields = (): readonly string[] => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    while (readFileSync(`/proc/${parent.pid}/comm`, "utf8") !== "sleep\n") {
      await Bun.sleep(1);
    }
    parent.stdin.end();
    while (fields()[0] !== "Z") {
      await Bun.sleep(1);
    }
    const name = newRunName().replace(/^run-\d+-\d+/, `run-${pid}-${fields()[19]}`);
    expect(liveOwner(folder.path, name)).toBeUndefined();
  } finally {
    parent.kill("SIGKILL");
    await parent.exited;
  }
});
