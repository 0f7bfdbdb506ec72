import { expect, setDefaultTimeout, test } from "bun:test";
import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { TraceEvent } from "../../lib/report/trace/trace-file.ts";
import { kArguments, projectWithTasks, type Sandbox, sandbox, task } from "../support/sandbox.ts";
import { checkTrace } from "../support/trace-rules.ts";

// On a busy machine even a short run takes its time.
setDefaultTimeout(30_000);

interface TraceFile {
  readonly traceEvents: readonly TraceEvent[];
  readonly otherData: Readonly<Record<string, string>>;
}

async function traceOf(project: Sandbox, path: string): Promise<TraceFile> {
  const file = JSON.parse(await project.read(path)) as TraceFile;
  checkTrace(file.traceEvents);
  return file;
}

const locked = (line: string, lock: string): string =>
  task(line).replace("  run:", `  locks: [{ name: ${JSON.stringify(lock)}, mode: "exclusive" }],\n  run:`);

test("a trace has the tasks in their places, their processes, and who waited for what, as the events say", async () => {
  await using project = await projectWithTasks({
    "tasks/a.ts": locked("sleep 0.1", "tree"),
    "tasks/b.ts": locked("sleep 0.1; exit 3", "tree"),
    "tasks/c.ts": task("sleep 0.1", ["a"]),
    "tasks/d.ts": task("true", ["b"]),
  });
  const ran = await project.k("c", "d", "-j2", "--reporter=json", "--trace", "out/trace.json");
  expect(ran.exitCode).toBe(1);
  const { traceEvents, otherData } = await traceOf(project, "out/trace.json");
  expect(otherData["command"]).toBe("k c d -j2 --reporter=json --trace out/trace.json");
  const slices = (cat: string): readonly TraceEvent[] => traceEvents.filter((event) => event.cat === cat);
  const events = ran.stdout
    .trim()
    .split("\n")
    .map(
      (line) =>
        JSON.parse(line) as { type: string; id: string; at: number; duration: number; outcome: { status: string } }
    );
  const finished = events.filter(({ type, outcome }) => type === "task-finished" && outcome.status !== "skipped");
  expect(
    slices("place")
      .map(({ name }) => name)
      .toSorted()
  ).toEqual(["a", "b", "c"]);
  for (const { id, duration, at, outcome } of finished) {
    const slice = slices("place").find(({ name }) => name === id);
    expect(slice?.args?.["outcome"]).toBe(outcome.status);
    // The place is taken before the task begins and given back when it has ended.
    expect(slice?.dur).toBeGreaterThanOrEqual(duration * 1000);
    expect(Math.abs((slice?.ts ?? 0) + (slice?.dur ?? 0) - at * 1000)).toBeLessThan(20_000);
  }
  expect(
    slices("process")
      .map(({ args }) => [args?.["task"], args?.["command"], args?.["end"]])
      .toSorted()
  ).toEqual([
    ["a", "sh -c sleep 0.1", "exited with 0"],
    ["b", "sh -c sleep 0.1; exit 3", "exited with 3"],
    ["c", "sh -c sleep 0.1", "exited with 0"],
  ]);
  // Of a and b one had to wait for the other's lock.
  const [first, second] = slices("lock").toSorted((one, other) => one.ts - other.ts);
  expect(
    slices("lock")
      .map(({ name }) => name)
      .toSorted()
  ).toEqual(["a (exclusive)", "b (exclusive)"]);
  // The one that had it first may have waited for a moment, too.
  const [wait] = slices("wait")
    .filter(({ name }) => name.endsWith("waits for tree"))
    .toSorted((one, other) => (other.dur ?? 0) - (one.dur ?? 0));
  expect(wait?.args?.["task"]).toBe(second?.args?.["task"]);
  expect(wait?.dur).toBeGreaterThan((first?.dur ?? 0) * 0.8);
});

test("one place for all: tasks wait for it, and stand on one track", async () => {
  await using project = await projectWithTasks({
    "tasks/a.ts": task("sleep 0.05"),
    "tasks/b.ts": task("sleep 0.05"),
    "tasks/c.ts": task("sleep 0.05"),
  });
  await project.k("a", "b", "c", "-j1", "--trace=t.json");
  const { traceEvents } = await traceOf(project, "t.json");
  const places = traceEvents.filter(({ cat }) => cat === "place");
  expect(new Set(places.map(({ tid }) => tid)).size).toBe(1);
  expect(traceEvents.filter(({ name }) => name.endsWith("waits for a place"))).toHaveLength(2);
  const atOnce = traceEvents.flatMap(({ ph, args }) => (ph === "C" ? [args?.["tasks"]] : []));
  expect(Math.max(...(atOnce as number[]))).toBe(1);
  expect(atOnce.at(-1)).toBe(0);
});

test("a linter with several places has a slice on each, and its tools are named", async () => {
  const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`s${index}.sh`, "#!/bin/sh\necho $1\n"]));
  await using project = await sandbox(files);
  await project.k("lint:bash", "-j3", "--trace=t.json");
  const { traceEvents } = await traceOf(project, "t.json");
  const places = traceEvents.filter(({ cat }) => cat === "place");
  expect(new Set(places.map(({ name }) => name))).toEqual(new Set(["lint:bash"]));
  const tools = traceEvents.filter(({ cat, args }) => cat === "process" && args?.["task"] === "lint:bash");
  expect(tools.map(({ name }) => name)).toContain("shellcheck");
});

test("a file that cannot be written is told before anything runs, and nothing is left beside it", async () => {
  await using project = await projectWithTasks({ "tasks/a.ts": task("touch ran"), "folder/x": "" });
  for (const flag of ["--trace", "--report"]) {
    const ran = await project.k("a", `${flag}=folder`);
    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toBe("error: folder: it cannot be written: it is a folder\n");
    const below = await project.k("a", `${flag}=konductor.toml/x.json`);
    expect(below.stderr).toStartWith("error: konductor.toml/x.json: it cannot be written:");
  }
  expect(readdirSync(project.root).toSorted()).toEqual([".git", "folder", "konductor.toml", "tasks"]);
});

test("a trace goes where a device or a link leads, and in the folder of -C", async () => {
  await using project = await projectWithTasks({
    "tasks/a.ts": task("true"),
    "real.json": "old",
    "link.json": "→real.json",
    "sub/x": "",
  });
  const words = ["a", "-q", "--trace=/dev/stdout"];
  const out = await project.run(["sh", "-c", '"$@" | cat', "sh", process.execPath, ...kArguments, ...words]);
  checkTrace((JSON.parse(out.stdout) as TraceFile).traceEvents);
  expect(lstatSync("/dev/stdout").isSymbolicLink()).toBe(true);
  await project.k("a", "--trace=link.json");
  expect(lstatSync(join(project.root, "link.json")).isSymbolicLink()).toBe(true);
  await traceOf(project, "real.json");
  await project.k("-C", "sub", "a", "--trace=t.json");
  await traceOf(project, "sub/t.json");
});

test("a run that is stopped leaves its trace and its report", async () => {
  await using project = await projectWithTasks({ "tasks/a.ts": task('echo ready > "$READY"; sleep 60') });
  const ready = join(project.root, "ready");
  await project.run(["mkfifo", ready]);
  const child = project.kWith({ env: { READY: ready } }, "a", "--trace=t.json", "--report=r.html");
  expect(await Bun.file(ready).text()).toBe("ready\n");
  const runs = JSON.parse((await project.k("logs", "--list", "--json")).stdout) as { id: string }[];
  expect(runs).toHaveLength(1);
  const state = join(project.env["HOME"] ?? "", ".local/state/konductor/runs");
  const record = (await project.run(["sh", "-c", `cat ${state}/*/*/run.ndjson`])).stdout;
  process.kill(Number(/"owner":"(\d+) /.exec(record)?.[1]), "SIGINT");
  expect((await child).exitCode).toBe(130);
  const { traceEvents } = await traceOf(project, "t.json");
  expect(traceEvents.some(({ ph, name }) => ph === "i" && name === "stopping: SIGINT")).toBe(true);
  expect(await project.read("r.html")).toContain("ended with exit code 130");
  expect((await project.k("last")).stdout).toContain("a: cancelled");
});
