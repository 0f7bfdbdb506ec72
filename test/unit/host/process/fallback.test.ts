import { describe, expect, test } from "bun:test";
import type { RunnerOptions } from "../../../support/process-runner.ts";
import { startRunner } from "../../../support/started.ts";
import { bearersOf, survivorsAfter } from "../../../support/survivors.ts";

const graceMs = 300;
const without = { preload: "pretend-macos.ts" };

/** What needs neither marks nor the adoption of orphans: groups, and who descends from whom. */
const children = {
  "a plain child": "echo ready; exec sleep 1000",
  "a grandchild that ignores INT and holds the pipe": "(trap '' INT; echo ready; exec sleep 1000) & wait",
  "a child that traps INT and TERM": "trap : INT TERM; echo ready; while :; do sleep 0.05; done",
  "a grandchild in a session of its own": 'setsid sh -c "echo ready; exec sleep 1000" & wait',
} as const;

describe("without /proc and without the C library", () => {
  for (const via of ["pipes", "terminal"] as const) {
    for (const [name, script] of Object.entries(children)) {
      test(`a TERM ends ${name}, ${via}`, async () => {
        await using runner = startRunner({ scripts: [script, script], via, graceMs }, without);
        await runner.printed("ready", 2);
        runner.signal("SIGTERM");
        expect(await runner.exited).toBe(143);
        expect(bearersOf(runner.marker)).toEqual([]);
      });
    }

    test(`all output arrives, ${via}`, async () => {
      const options: RunnerOptions = {
        scripts: ["head -c 1000000 /dev/zero | tr '\\0' x; echo end; exit 4"],
        via,
        graceMs,
      };
      await using runner = startRunner(options, without);
      expect(await runner.exited).toBe(4);
      expect(runner.output().length).toBe(1_000_004);
    });

    test(`what a process leaves in its group is ended, ${via}`, async () => {
      await using runner = startRunner(
        { scripts: ["(trap '' TERM HUP; exec sleep 1000) & sleep 0.05; exit 3"], via, graceMs },
        without
      );
      expect(await runner.exited).toBe(3);
      expect(bearersOf(runner.marker)).toEqual([]);
    });
  }

  test("the guardian ends what a killed runner left", async () => {
    await using runner = startRunner(
      { scripts: [children["a child that traps INT and TERM"]], via: "pipes", graceMs },
      without
    );
    await runner.printed("ready", 1);
    runner.signal("SIGKILL");
    await runner.exited;
    expect(await survivorsAfter(runner.marker, 3000)).toEqual([]);
  });
});
