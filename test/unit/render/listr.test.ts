import { expect, test } from "bun:test";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunEvent } from "../../../lib/core/event.ts";
import type { RenderOptions } from "../../../lib/render/index.ts";
import { hasTmux, openPane, type Pane } from "../../support/tmux.ts";
import { exited, finding, id, passed, row, say } from "./recorder.ts";

const demo = join(import.meta.dir, "../../support/render-demo.ts");

interface Stage extends AsyncDisposable {
  readonly pane: Pane;
  tell(...steps: readonly (RunEvent | { readonly print: string } | "finish")[]): Promise<void>;
}

async function stage(columns: number, lines: number, options: Partial<RenderOptions> = {}): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), "k-render-"));
  const pipe = join(folder, "pipe");
  await Bun.spawn(["mkfifo", pipe]).exited;
  const command = [process.execPath, demo, "listr", pipe, JSON.stringify(options)];
  const pane = await openPane({ columns, lines, command, env: { NO_COLOR: "1" } });
  const end = await open(pipe, "w");
  return {
    pane,
    tell: async (...steps) => void (await end.write(steps.map((step) => `${JSON.stringify(step)}\n`).join(""))),
    async [Symbol.asyncDispose]() {
      await end.close();
      await pane[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The screen with the spinner standing still. */
const still = (screen: string): string => screen.replace(/[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/g, "*").replace(/, \d+ s$/gm, "");

/** Longer than any wait of its own, so that a failing one still takes its terminal away. */
const tmuxTest = (name: string, body: () => Promise<void>): void => test.skipIf(!hasTmux)(name, body, 60_000);

const idle = { status: "skipped", reason: { kind: "nothing-to-do", why: "no files" } } as const;
const missing = {
  status: "skipped",
  reason: { kind: "tool-missing", tool: "statix", install: "`nix profile install nixpkgs#statix` brings it" },
} as const;

const beginning: readonly RunEvent[] = [
  say.run([
    row("lint", { group: true }),
    row("lint:bash"),
    row("lint:python"),
    row("lint:nix"),
    row("lint:go"),
    row("test"),
    row("ship"),
  ]),
  say.start("lint:bash"),
  say.start("lint:python"),
  { type: "task-progress", id: id("lint:python"), text: "files", done: 12, total: 40, at: 0 },
  say.start("test"),
  say.output("test", "\x1b[1mtwo suites\x1b[0m\nrunning a test whose name is rather long for a window\n"),
  say.finish("lint:go", idle),
  say.finish("lint:nix", missing),
];

const ending: readonly RunEvent[] = [
  say.finding("lint:bash", finding({ path: "no-such.sh" })),
  say.finish("lint:bash", { status: "passed", note: "12 files" }),
  say.finish("lint:python", { status: "passed", note: "40 files" }, 4200),
  say.finish("test", exited("test", 7), 61_000),
  say.finish("ship", { status: "skipped", reason: { kind: "need-failed", need: id("test") } }),
  say.finish("lint", passed),
  say.end(61_500),
];

const lastLine = "error: `test` exited with 7";

tmuxTest(
  "rows follow the tasks, and what stays is rows, output of what failed, findings, summary and problems",
  async () => {
    await using show = await stage(80, 30);
    await show.tell(...beginning);
    const running = await show.pane.until((screen) => screen.includes("waiting"), "rows");
    expect(still(running)).toBe(
      [
        "* lint:bash",
        "* lint:python  12/40 files",
        "* test",
        "    › running a test whose name is rather long for a window",
        "! lint:nix     `statix` is not to be found",
        "  2/6 done, 1 waiting",
      ].join("\n")
    );
    expect(await show.pane.fact("cursor_flag")).toBe("0");
    await show.tell(...ending, "finish");
    await show.pane.until((screen) => screen.includes(lastLine), "the end");
    expect(await show.pane.history()).toBe(
      [
        "✔ lint:bash    12 files, 0.3 s",
        "✔ lint:python  40 files, 4.2 s",
        "✖ test         exited with 7, 1 min 1 s",
        "! lint:nix     `statix` is not to be found",
        "- ship         `test` did not pass",
        "- 1 had nothing to do: lint:go",
        "",
        "--- output of test ---",
        "two suites",
        "running a test whose name is rather long for a window",
        "--- end of test ---",
        "",
        "`statix` is not to be found; `nix profile install nixpkgs#statix` brings it",
        "",
        "no-such.sh",
        "  2:1 warning: Quote this. [shellcheck SC2086]",
        "",
        "2 passed, 1 failed, 2 skipped in 1 min 2 s; 1 finding in 1 file; 1 task had",
        "nothing to do",
        lastLine,
      ].join("\n")
    );
    expect(await show.pane.fact("cursor_flag")).toBe("1");
  }
);

tmuxTest("in 40 columns rows are cut at the edge", async () => {
  await using show = await stage(40, 24);
  await show.tell(...beginning);
  const running = await show.pane.until((screen) => screen.includes("waiting"), "rows");
  expect(still(running)).toBe(
    [
      "* lint:bash",
      "* lint:python  12/40 files",
      "* test",
      "    › running a test whose name is rat…",
      "! lint:nix     `statix` is not to be f…",
      "  2/6 done, 1 waiting",
    ].join("\n")
  );
});

tmuxTest("a window that is made narrow and wide again holds each row once, and all that stood above", async () => {
  await using show = await stage(80, 30);
  const above = Array.from({ length: 10 }, (_, index) => `what stood here before: ${index}`).join("\n");
  await show.tell({ print: `${above}\n` }, ...beginning);
  const before = still(await show.pane.until((screen) => screen.includes("waiting"), "rows"));
  expect(before).toStartWith(`${above}\n* lint:bash\n`);
  await show.pane.resize(40, 30);
  await show.pane.until((screen) => screen.includes("whose name is rat…") && screen.includes("waiting"), "cut rows");
  expect((await show.pane.history()).match(/lint:|test|waiting/g)).toEqual([
    "lint:",
    "lint:",
    "test",
    "test",
    "lint:",
    "waiting",
  ]);
  await show.pane.resize(80, 30);
  await show.pane.until((screen) => still(screen).endsWith(before.slice(above.length)), "the rows as they were");
  expect(still(await show.pane.history())).toBe(before);
  await show.tell(...ending, "finish");
  await show.pane.until((screen) => screen.includes(lastLine), "the end");
  expect((await show.pane.history()).match(/lint:python/g)).toHaveLength(1);
});

const names = Array.from({ length: 30 }, (_, index) => `task-${index + 1}`);

tmuxTest("thirty rows in a window of 24 lines never scroll", async () => {
  await using show = await stage(80, 24);
  await show.tell(say.run(names.map((name) => row(name))), ...names.map((name) => say.start(name)));
  await show.tell(...names.slice(0, 20).map((name, index) => say.finish(name, index === 3 ? exited(name, 1) : passed)));
  const running = await show.pane.until((screen) => screen.includes("20/30 done"), "rows");
  expect(running.split("\n").length).toBeLessThanOrEqual(23);
  expect(running).toContain("✖ task-4");
  for (const name of names.slice(20)) {
    expect(running).toContain(` ${name}`);
  }
  expect(running).toMatch(/^✔ \d+ passed$/m);
  expect(await show.pane.fact("history_size")).toBe("0");
  await show.tell(...names.slice(20).map((name) => say.finish(name, passed)), say.end(1000), "finish");
  await show.pane.until((screen) => screen.includes("error:"), "the end");
  expect(await show.pane.history()).toBe(
    [
      "✔ 29 passed",
      "✖ task-4  exited with 1, 0.3 s",
      "",
      "29 passed, 1 failed in 1.0 s",
      "error: `task-4` exited with 1",
    ].join("\n")
  );
});

tmuxTest("an interrupt is answered at once, leaves nothing of itself, and the cursor comes back", async () => {
  await using show = await stage(80, 24);
  await show.tell(...beginning);
  await show.pane.until((screen) => screen.includes("waiting"), "rows");
  await show.pane.keys("C-c");
  await show.pane.until((screen) => screen.includes("stopping, again to kill") && !screen.includes("^C"), "the answer");
  await show.tell(
    ...["lint:bash", "lint:python", "test", "ship"].map((name) => say.finish(name, { status: "cancelled" })),
    { type: "run-finished", exitCode: 130, at: 900 },
    "finish"
  );
  const last = await show.pane.until((screen) => screen.includes("4 cancelled in"), "the end");
  expect(last).toStartWith("■ lint:bash    cancelled\n■ lint:python  cancelled\n■ test         cancelled\n");
  expect(last).not.toContain("^C");
  expect(await show.pane.fact("cursor_flag")).toBe("1");
  expect(await show.pane.fact("cursor_x")).toBe("0");
});

tmuxTest("a run that breaks off still gives the cursor back", async () => {
  await using show = await stage(80, 24);
  await show.tell(...beginning);
  await show.pane.until((screen) => screen.includes("waiting"), "rows");
  await show.tell("finish");
  await show.pane.until((screen) => screen.includes("2 skipped") || screen.includes("1 skipped"), "the summary");
  expect(await show.pane.fact("cursor_flag")).toBe("1");
});

tmuxTest("an interactive task has the terminal to itself", async () => {
  await using show = await stage(80, 24);
  await show.tell(say.run([row("build"), row("shell", { interactive: true })]), say.start("build"));
  await show.pane.until((screen) => screen.includes("build"), "a row");
  await show.tell(say.start("shell"));
  await show.pane.until((screen) => screen === "", "an empty screen");
  expect(await show.pane.fact("cursor_flag")).toBe("1");
  await Bun.write(await show.pane.fact("pane_tty"), "login: root\r\n$ exit\r\n");
  await show.pane.until((screen) => screen.includes("$ exit"), "the task's own words");
  await show.tell(say.output("build", "noise\n"), {
    type: "task-progress",
    id: id("build"),
    text: "files",
    done: 1,
    at: 0,
  });
  // Long enough for several frames, of which there must be none.
  await Bun.sleep(400);
  expect(await show.pane.screen()).toBe("login: root\n$ exit");
  await show.tell(say.finish("shell", passed));
  const back = await show.pane.until((screen) => screen.includes("1/2 done"), "the rows again");
  expect(still(back)).toStartWith("login: root\n$ exit\n* build  1 files\n    › noise\n✔ shell");
  expect(await show.pane.fact("cursor_flag")).toBe("0");
});

tmuxTest("what a task prints for other programs stays above the rows", async () => {
  await using show = await stage(80, 24);
  await show.tell(...beginning);
  await show.pane.until((screen) => screen.includes("waiting"), "rows");
  await show.tell({ print: "first\nsecond" }, { print: "third\n" });
  const screen = await show.pane.until((now) => now.includes("third") && now.includes("waiting"), "the words");
  expect(still(screen)).toStartWith("first\nsecond\nthird\n* lint:bash\n");
  expect((await show.pane.history()).match(/waiting/g)).toHaveLength(1);
});

tmuxTest("verbose writes each line of output above the rows, once, and the start of a line in its row", async () => {
  await using show = await stage(80, 24, { verbose: true });
  await show.tell(say.run([row("a"), row("b")]), say.start("a"), say.start("b"));
  await show.tell(say.output("a", "one\ntwo\n"), say.output("b", "your name? "));
  const screen = await show.pane.until(
    (now) => now.includes("a | two") && now.includes("› your name?") && now.includes("0/2 done"),
    "lines and a row"
  );
  expect(still(screen)).toStartWith("a | one\na | two\n* a\n    › two\n* b\n    › your name?\n");
  await show.tell(
    say.output("b", "bob\n"),
    say.finish("a", exited("a", 1)),
    say.finish("b", passed),
    say.end(100),
    "finish"
  );
  await show.pane.until((now) => now.includes("error:"), "the end");
  expect(await show.pane.history()).toBe(
    [
      "a | one",
      "a | two",
      "b | your name? bob",
      "✖ a  exited with 1, 0.3 s",
      "✔ b  0.3 s",
      "",
      "1 passed, 1 failed in 0.1 s",
      "error: `a` exited with 1",
    ].join("\n")
  );
});
