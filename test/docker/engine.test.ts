import { afterAll, beforeAll, describe } from "bun:test";
import { TestEngine, whyNoEngine } from "../support/docker-engine.ts";
import { buildSuite } from "./suites/build.ts";
import { cleanSuite } from "./suites/clean.ts";
import { containerSuite } from "./suites/container.ts";
import { failureSuite } from "./suites/failures.ts";
import { pushSuite } from "./suites/push.ts";

const why = whyNoEngine();
const title = why === undefined ? "a real container engine" : `a real container engine (skipped: ${why})`;

// One file: two engines at once would share a bridge, and the one that ends takes it away.
describe.skipIf(why !== undefined)(title, () => {
  let engine: TestEngine;

  beforeAll(async () => {
    engine = await TestEngine.start();
  }, 180_000);

  afterAll(async () => {
    await engine[Symbol.asyncDispose]();
  }, 60_000);

  buildSuite(() => engine);
  containerSuite(() => engine);
  cleanSuite(() => engine);
  pushSuite(() => engine);
  failureSuite(() => engine);
});
