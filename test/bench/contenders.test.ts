import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { floorManagers } from "../../bench/hook-managers/floors.ts";
import { ownManager } from "../../bench/hook-managers/own.ts";
import { peerManagers } from "../../bench/hook-managers/peers.ts";
import { makeJob } from "../../bench/job.ts";
import { byHand } from "../../bench/lint-runs/by-hand.ts";
import { lintFiles } from "../../bench/lint-runs/files.ts";
import { linters } from "../../bench/lint-runs/linters.ts";
import { ownLintRun } from "../../bench/lint-runs/own.ts";
import { peerLintRuns } from "../../bench/lint-runs/peers.ts";
import { pinned } from "../../bench/peers.ts";
import { call } from "../../bench/process.ts";
import { runners } from "../../bench/runners/index.ts";
import { makeProject, tabCommand } from "../../bench/runners/project.ts";
import { taskNames } from "../../bench/runners/runner.ts";
import { builtInJobs, makeRacer } from "../../bench/suites/hooks.ts";
import { makeLintRacer } from "../../bench/suites/lint.ts";
import { peers, smallWorld } from "./small-world.ts";

// One for all: each contender has a folder of its own in it.
const world = smallWorld();
afterAll(() => world[Symbol.dispose]());
const job = makeJob(join(world.folder, "bin", "job"));

const managers = [
  ...world.own.map((own) => ownManager(own, builtInJobs)),
  ...peerManagers
    .filter(({ needs }) => needs.every((name) => peers.folder(name) !== undefined))
    .map(({ manager }) => manager),
  ...floorManagers(world),
];

test.each(managers.map((manager) => [manager.name, manager] as const))(
  "%s runs each job once over what is staged",
  (_, manager) => {
    const racer = makeRacer(manager, { jobs: 3, program: job.program }, job, world, { "a.txt": "a\n" });
    expect(racer.problem).toBeUndefined();
  }
);

test.each(runners(world).map((runner) => [runner.name, runner] as const))(
  "%s lists its tasks, runs one, runs several at once, and completes their names",
  (_, runner) => {
    const project = makeProject(runner, { names: taskNames(3), program: job.program, parallel: 2 }, job, world);
    expect(project.problem).toBeUndefined();
    const tab = tabCommand(project);
    if (tab !== undefined) {
      expect(() => call(tab)).not.toThrow();
    }
  }
);

const quickest = linters().filter(({ name }) => name === "biome");
const lintRuns = [...world.own.map((own) => ownLintRun(own, world)), ...peerLintRuns(world), byHand(world)];

test.skipIf(quickest.length === 0).each(lintRuns.map((run) => [run.name, run] as const))(
  "%s lints a project, and fails on what is wrong in it",
  (_, run) => {
    expect(makeLintRacer(run, quickest, lintFiles(20), world, true).problem).toBeUndefined();
  }
);

const absent = pinned().filter(({ name }) => peers.folder(name) === undefined);

test.skipIf(absent.length > 0).each(absent.map(({ name }) => name))(
  "%s is not installed: `k bench` does that",
  () => {}
);
