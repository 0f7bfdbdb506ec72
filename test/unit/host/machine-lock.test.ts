import { expect, test } from "bun:test";
import { readdirSync } from "node:fs";
import { setImmediate } from "node:timers/promises";
import { machineLock } from "../../../lib/host/machine-lock.ts";
import { tempFolder } from "../../support/temp-folder.ts";

const never = new AbortController().signal;

test("a lock that is taken again as soon as it was given back is still held a moment later", async () => {
  using folder = tempFolder();
  let release = await machineLock(folder.path, "x", "exclusive", never);
  for (let round = 0; round < 100; round += 1) {
    release?.();
    release = await machineLock(folder.path, "x", "exclusive", never);
    // What the release began would be done by now.
    await Bun.file(folder.at("x")).exists();
    await setImmediate();
    expect(readdirSync(folder.at("x"))).toHaveLength(1);
  }
  release?.();
  expect(readdirSync(folder.at("x"))).toEqual([]);
});
