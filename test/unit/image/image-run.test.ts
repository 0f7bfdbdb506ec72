import { afterEach, beforeEach, expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { imageSteps } from "../../../lib/core/image.ts";
import { usualName } from "../../../lib/image/begin-run.ts";
import {
  type ImageRun,
  isBefore,
  needDone,
  readRun,
  refuseBusy,
  runPath,
  takeOver,
  writeRun,
} from "../../../lib/image/image-run.ts";
import { identify } from "../../../lib/vm/process-identity.ts";
import { type TempFolder, tempFolder } from "../../support/temp-folder.ts";

let folder: TempFolder;

beforeEach(() => {
  folder = tempFolder();
});

afterEach(() => folder[Symbol.dispose]());

const run: ImageRun = {
  version: 1,
  source: { path: "/a.qcow2", bytes: 1, mtimeMs: 2 },
  out: "/b.qcow2",
  startedAt: 3,
  worker: undefined,
  done: { build: "/a.qcow2", boot: "port 2222", sync: "abc" },
};

test("what is written is read again", () => {
  expect(readRun(folder.path)).toBeUndefined();
  writeRun(folder.path, run);
  expect(readRun(folder.path)).toEqual(run);
});

test.each(["", "{", "{}", "null", '{"version":2}', '{"version":1,"out":"/b"}', "[]"])(
  "a file with %j counts as none",
  (text) => {
    writeFileSync(runPath(folder.path), text);
    expect(readRun(folder.path)).toBeUndefined();
  }
);

test("to go on from a step forgets what it and those behind it did", () => {
  const { done, worker } = takeOver(run, "boot");
  expect(done).toEqual({ build: "/a.qcow2" });
  expect(worker).toEqual(identify(process.pid));
});

test("a run that another k works on is refused by that k's number, and one whose k has ended is not", async () => {
  const other = Bun.spawn(["sleep", "60"]);
  const worker = identify(other.pid);
  expect(() => refuseBusy({ ...run, worker })).toThrow(`another k (process ${other.pid}) makes /b.qcow2`);
  other.kill();
  await other.exited;
  expect(() => refuseBusy({ ...run, worker })).not.toThrow();
});

test("a step that was not done is named, and where to go on", () => {
  expect(needDone(run, "sync", "gc")).toBe("abc");
  expect(() => needDone(run, "clean", "zero")).toThrow("--from zero: clean was not done before it");
  expect(() => needDone(undefined, "boot", "sync")).toThrow("boot was not done before it");
});

test("the steps have their order", () => {
  expect(isBefore("build", "boot")).toBe(true);
  expect(isBefore("boot", "boot")).toBe(false);
  expect(imageSteps.indexOf("zero")).toBeGreaterThan(imageSteps.indexOf("clean"));
});

test("the usual name has the local date", () => {
  expect(usualName(new Date(2026, 0, 2, 23, 59))).toBe("konductor-20260102.qcow2");
});
