import { expect, test } from "bun:test";
import { join } from "node:path";
import type { RunnerOptions } from "../../../support/process-runner.ts";
import { hasTmux, openPane } from "../../../support/tmux.ts";
import { startRunner } from "../../../support/started.ts";
import { bearersOf, survivorsAfter } from "../../../support/survivors.ts";

/** Bits of `c_lflag`, the same on Linux for all machines. */
const ICANON = 0o2;
const ECHO = 0o10;

function startInForeground(script: string, graceMs = 300) {
  return startRunner({ scripts: [script], via: "foreground", graceMs }, { terminal: true });
}

test("a program that owns the terminal gets what is typed, and the runner its exit code", async () => {
  await using runner = startInForeground('echo ready; read -r line; echo "got <$line>"; exit 7');
  await runner.printed("ready", 1);
  runner.terminal?.write("some words\n");
  expect(await runner.exited).toBe(7);
  expect(runner.output()).toContain("got <some words>");
});

test("a Ctrl-C is the program's own: the runner goes on", async () => {
  await using runner = startInForeground(
    "trap 'echo interrupted; exit 9' INT; echo ready; while :; do sleep 0.05; done"
  );
  await runner.printed("ready", 1);
  runner.terminal?.write("\x03");
  expect(await runner.exited).toBe(9);
  expect(runner.output()).toContain("interrupted");
  expect(runner.output()).not.toContain("stopping");
});

test("a Ctrl-\\ is the program's own too", async () => {
  await using runner = startInForeground("trap 'echo quit; exit 9' QUIT; echo ready; while :; do sleep 0.05; done");
  await runner.printed("ready", 1);
  runner.terminal?.write("\x1c");
  expect(await runner.exited).toBe(9);
});

test("a TERM to the runner ends the program and what it started, and brings the terminal's modes back", async () => {
  await using runner = startInForeground("trap '' TERM; stty raw -echo; sleep 1000 & echo ready; wait; sleep 1000");
  await runner.printed("ready", 1);
  expect((runner.terminal?.localFlags ?? 0) & (ICANON | ECHO)).toBe(0);
  runner.signal("SIGTERM");
  expect(await runner.exited).toBe(143);
  expect((runner.terminal?.localFlags ?? 0) & (ICANON | ECHO)).toBe(ICANON | ECHO);
  expect(bearersOf(runner.marker)).toEqual([]);
});

test("a shell that put its own group in front and was killed does not leave the others behind it", async () => {
  await using runner = startRunner(
    { scripts: ["exec bash --norc -i"], via: "foreground", graceMs: 300 },
    // who is not in front cannot read from the terminal
    { terminal: true, within: '"$@"; echo "code $?"; read -r line; echo "got <$line>"' }
  );
  await runner.printed("bash", 1);
  runner.terminal?.write("kill -9 $$\n");
  await runner.printed("code 137", 1);
  runner.terminal?.write("words\n");
  await runner.exited;
  expect(runner.output()).toContain("got <words>");
});

test("when the runner is killed, the guardian ends the program in the foreground", async () => {
  await using runner = startInForeground("trap '' TERM HUP; echo ready; while :; do sleep 0.05; done");
  await runner.printed("ready", 1);
  runner.signal("SIGKILL");
  await runner.exited;
  expect(await survivorsAfter(runner.marker, 3300)).toEqual([]);
});

for (const via of ["pipes", "terminal"] as const) {
  test(`when the window is closed, the runner ends all and itself: ${via}`, async () => {
    // it prints all the time, so that the runner has output for a terminal that is gone
    const script = "trap '' HUP INT; echo ready; while :; do echo line; sleep 0.01; done";
    await using runner = startRunner({ scripts: [script, script], via, graceMs: 300 }, { terminal: true });
    await runner.printed("ready", 2);
    runner.terminal?.close();
    expect(await runner.exited).toBe(129);
    expect(bearersOf(runner.marker)).toEqual([]);
  });
}

test.skipIf(!hasTmux)(
  "programs that take the whole screen work in a real terminal, and a Ctrl-C ends one that waits",
  async () => {
    const runner = join(import.meta.dir, "../../../support/process-runner.ts");
    const run = (script: string) => {
      const options: RunnerOptions = { scripts: [script], via: "foreground", graceMs: 300 };
      return `'${process.execPath}' '${runner}' '${JSON.stringify(options)}'; echo code=$?`;
    };
    const script = `trap : INT; ${run("exec cat")}; read -r next; ${run("exec less -X /etc/passwd")}; exec cat`;
    await using pane = await openPane({ columns: 80, lines: 24, command: ["sh", "-c", script] });
    await pane.keys("typed twice", "Enter");
    await pane.until((screen) => screen.split("typed twice").length === 3, "the echo and what cat printed");
    await pane.keys("C-c");
    await pane.until((screen) => screen.includes("code=130"), "the code of cat");
    await pane.keys("Enter");
    await pane.until((screen) => screen.includes("root:"), "what less shows");
    await pane.keys("q");
    await pane.until((screen) => screen.includes("code=0"), "the code of less");
  }
);
