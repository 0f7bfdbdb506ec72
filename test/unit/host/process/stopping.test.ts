import { describe, expect, test } from "bun:test";
import type { RunnerOptions } from "../../../support/process-runner.ts";
import { type Started, startRunner } from "../../../support/started.ts";
import { bearersOf, survivorsAfter } from "../../../support/survivors.ts";

const graceMs = 400;

/** Two of each run at once. Each prints `ready` when its traps are set and its own children run. */
const children = {
  "a plain child": "echo ready; exec sleep 1000",
  "a grandchild that ignores INT and holds the pipe": "(trap '' INT; echo ready; exec sleep 1000) & wait",
  "a child that traps INT and TERM": "trap : INT TERM; echo ready; while :; do sleep 0.05; done",
  "a child that traps HUP, INT and TERM, and its grandchild":
    "trap '' HUP INT TERM; sleep 1000 & echo ready; wait; sleep 1000",
  "a grandchild in a session of its own": 'setsid sh -c "echo ready; exec sleep 1000" & wait',
} as const;

/** Only a process that is alive can find these, by what becomes its child when its parent dies. */
const escaped = {
  "an orphan in a session of its own, with no environment":
    'env -i "$(command -v setsid)" /bin/sh -c "echo ready; /bin/sleep 1000; :" "$MARKER" & echo; exec sleep 1000',
} as const;

interface Stop {
  readonly send: (runner: Started) => void | Promise<void>;
  readonly exitCode: number;
  /** The longest that it may take, in milliseconds: the grace time and what a loaded machine needs on top. */
  readonly within: number;
}

const stops: Readonly<Record<string, Stop>> = {
  "Ctrl-C": { send: (runner) => runner.signalGroup("SIGINT"), exitCode: 130, within: graceMs + 2000 },
  "a TERM to the runner alone": { send: (runner) => runner.signal("SIGTERM"), exitCode: 143, within: graceMs + 2000 },
  "a HUP to the runner alone": { send: (runner) => runner.signal("SIGHUP"), exitCode: 129, within: graceMs + 2000 },
};

async function expectClean(options: Omit<RunnerOptions, "graceMs">, stop: Stop): Promise<void> {
  await using runner = startRunner({ ...options, graceMs });
  await runner.printed("ready", options.scripts.length);
  expect(bearersOf(runner.marker).length).toBeGreaterThanOrEqual(options.scripts.length);
  const at = performance.now();
  await stop.send(runner);
  expect(await runner.exited).toBe(stop.exitCode);
  expect(performance.now() - at).toBeLessThan(stop.within);
  // it has ended what it started before it ends itself; nothing is waited for here
  expect(bearersOf(runner.marker)).toEqual([]);
}

for (const [stopName, stop] of Object.entries(stops)) {
  describe(`${stopName} ends, through pipes,`, () => {
    for (const [name, script] of Object.entries({ ...children, ...escaped })) {
      test(name, () => expectClean({ scripts: [script, script], via: "pipes" }, stop));
    }
  });
}

for (const via of ["terminal", "zx"] as const) {
  describe(`a TERM to the runner ends, through ${via},`, () => {
    for (const [name, script] of Object.entries(children)) {
      test(name, () => expectClean({ scripts: [script, script], via }, stops["a TERM to the runner alone"] as Stop));
    }
  });
}

test("a second Ctrl-C kills what the first one is still waiting for", async () => {
  const script = children["a child that traps INT and TERM"];
  await using runner = startRunner({ scripts: [script, script], via: "pipes", graceMs: 60_000 });
  await runner.printed("ready", 2);
  runner.signalGroup("SIGINT");
  await runner.printed("stopping on SIGINT", 1);
  await Bun.sleep(60); // two signals within 50 ms are one press that arrived twice
  const at = performance.now();
  runner.signalGroup("SIGINT");
  expect(await runner.exited).toBe(130);
  expect(performance.now() - at).toBeLessThan(2000);
  expect(bearersOf(runner.marker)).toEqual([]);
});

test("a TERM after a Ctrl-C kills too, and the first signal gives the exit code", async () => {
  const script = children["a child that traps INT and TERM"];
  await using runner = startRunner({ scripts: [script], via: "pipes", graceMs: 60_000 });
  await runner.printed("ready", 1);
  runner.signalGroup("SIGINT");
  await runner.printed("stopping on SIGINT", 1);
  runner.signal("SIGTERM");
  expect(await runner.exited).toBe(130);
  expect(bearersOf(runner.marker)).toEqual([]);
});

test("one press of Ctrl-C that arrives twice leaves the grace time whole", async () => {
  const script = "trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.05; done";
  await using runner = startRunner({ scripts: [script], via: "pipes", graceMs: 60_000 });
  await runner.printed("ready", 1);
  runner.signalGroup("SIGINT");
  runner.signalGroup("SIGINT");
  expect(await runner.exited).toBe(130);
  expect(runner.output()).toContain("cleaned");
});

test("a QUIT ends the runner as it ends any program, and the guardian the rest", async () => {
  await using runner = startRunner({ scripts: [children["a child that traps INT and TERM"]], via: "pipes", graceMs });
  await runner.printed("ready", 1);
  runner.signal("SIGQUIT");
  expect(await runner.exited).toBe(131);
  expect(await survivorsAfter(runner.marker, graceMs + 3000)).toEqual([]);
});

test("under nohup, a HUP is not for the runner", async () => {
  const script = "trap 'echo cleaned; exit 0' TERM; echo ready; while :; do sleep 0.02; done";
  const options: RunnerOptions = { scripts: [script], via: "pipes", graceMs: 60_000 };
  await using runner = startRunner(options, { within: 'exec nohup "$@"' });
  await runner.printed("ready", 1);
  runner.signal("SIGHUP");
  runner.signal("SIGTERM");
  expect(await runner.exited).toBe(143);
  expect(runner.output()).toContain("stopping on SIGTERM");
});

describe("when the runner is killed, the guardian ends", () => {
  for (const via of ["pipes", "terminal", "zx"] as const) {
    for (const [name, script] of Object.entries(children)) {
      test(`${name}, through ${via}`, async () => {
        await using runner = startRunner({ scripts: [script, script], via, graceMs });
        await runner.printed("ready", 2);
        runner.signal("SIGKILL");
        await runner.exited;
        expect(await survivorsAfter(runner.marker, graceMs + 3000)).toEqual([]);
      });
    }
  }
});

// Only its group tells that it is ours. The guardian hears of a group once it has been there for a while.
test.if(process.platform === "linux")("the guardian ends what shed the mark, by its group", async () => {
  const seconds = `1000.${process.pid}`;
  const script = `echo begun; sleep 0.1; echo ready; exec env -i sleep ${seconds}`;
  await using runner = startRunner({ scripts: [script], via: "pipes", graceMs });
  await runner.printed("ready", 1);
  runner.signal("SIGKILL");
  await runner.exited;
  const sleepers = (): string => Bun.spawnSync(["pgrep", "-f", `^sleep ${seconds}$`]).stdout.toString();
  const deadline = performance.now() + graceMs + 3000;
  while (sleepers() !== "" && performance.now() < deadline) {
    await Bun.sleep(20);
  }
  expect(sleepers()).toBe("");
});
