import { expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { kArguments, projectWithTasks, type Sandbox, task } from "../support/sandbox.ts";
import { hasTmux, openPane, type Pane } from "../support/tmux.ts";

const why = hasTmux ? "" : " (skipped: there is no tmux)";

/** The real `k` on a real terminal, in a sandbox; when it is over its exit code stands in `exit`, and the screen stays. */
function onTerminal(
  box: Sandbox,
  columns: number,
  lines: number,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {}
): Promise<Pane> {
  const script = 'trap : INT; cd "$1" || exit; shift; "$@"; code=$?; echo $code > ../exit; exec cat';
  const command = ["sh", "-c", script, "sh", box.root, process.execPath, ...kArguments, ...args];
  return openPane({ columns, lines, command, env: { ...box.env, TERM: "xterm-256color", ...env } });
}

async function exitOf(box: Sandbox, pane: Pane): Promise<string> {
  const path = join(box.root, "../exit");
  await pane.until(() => existsSync(path) && readFileSync(path, "utf8") !== "", "the end of k");
  return readFileSync(path, "utf8").trim();
}

/** Waits for a line in a FIFO before it goes on, so that a test decides when. */
const held = (before: string, after = ""): string => task(`${before}; cat ../gate > /dev/null; ${after}`);

async function gated(
  files: Readonly<Record<string, string>>
): Promise<{ readonly box: Sandbox; release(): Promise<void> }> {
  const box = await projectWithTasks(files);
  await box.run(["mkfifo", join(box.root, "../gate")]);
  return { box, release: async () => void (await box.run(["sh", "-c", "echo > ../gate"])) };
}

test.skipIf(!hasTmux)(`rows follow their tasks, and what stays is one line each and the summary${why}`, async () => {
  const { box, release } = await gated({ "tasks/slow.ts": held("echo working"), "tasks/fast.ts": task("true") });
  await using _ = box;
  await using pane = await onTerminal(box, 80, 24, ["slow", "fast"]);
  const during = await pane.until(
    (screen) => screen.includes("✔ fast") && screen.includes("slow"),
    "fast done, slow running"
  );
  expect(during).not.toContain("✔ slow");
  await release();
  await pane.until((screen) => screen.includes("2 passed"), "the summary");
  expect(await exitOf(box, pane)).toBe("0");
  const after = await pane.screen();
  expect(after).toContain("✔ slow");
  expect(after).not.toContain("working");
});

test.skipIf(!hasTmux)(
  `a child has a terminal of its own, and a failed task's output is there in full, once${why}`,
  async () => {
    await using box = await projectWithTasks({
      "tasks/look.ts": task(
        'test -t 1 && echo "a terminal of $(stty size < /dev/tty | cut -d" " -f2) columns"; exit 3'
      ),
    });
    await using pane = await onTerminal(box, 70, 24, ["look"]);
    const screen = await pane.until((text) => text.includes("1 failed"), "the summary");
    expect(screen.match(/a terminal of 70 columns/g)).toHaveLength(1);
    expect(screen).toContain("`look` exited with 3");
    expect(await exitOf(box, pane)).toBe("1");
  }
);

test.skipIf(!hasTmux)(
  `40 columns are enough: no row wraps, and a resize under way leaves no wreckage${why}`,
  async () => {
    const name = "a-task-with-a-name-that-is-longer-than-the-window-is-wide";
    const { box, release } = await gated({
      [`tasks/${name}.ts`]: held("echo a line of output that is longer than the window is wide as well"),
      "tasks/other.ts": task("true"),
    });
    await using _ = box;
    await using pane = await onTerminal(box, 40, 12, [name, "other"]);
    const narrow = await pane.until((screen) => screen.includes("✔ other"), "the other task");
    for (const line of narrow.split("\n")) {
      expect(Bun.stringWidth(line)).toBeLessThanOrEqual(40);
    }
    await pane.resize(60, 12);
    await pane.until((screen) => screen.includes("✔ other"), "rows after the resize");
    await pane.resize(40, 12);
    await release();
    const after = await pane.until((screen) => screen.includes("2 passed"), "the summary");
    expect(after.match(/✔ other/g)).toHaveLength(1);
  }
);

test.skipIf(!hasTmux)(`TERM=dumb and NO_COLOR are honoured on a terminal too${why}`, async () => {
  await using box = await projectWithTasks({ "tasks/one.ts": task("true") });
  await using dumb = await onTerminal(box, 80, 24, ["one"], { TERM: "dumb" });
  const screen = await dumb.until((text) => text.includes("1 passed"), "the summary");
  expect(screen).toContain("one: passed");
  expect(screen).not.toContain("✔");
  const plain = await box.run(
    ["script", "-qec", [process.execPath, ...kArguments, "one"].map((word) => `'${word}'`).join(" "), "/dev/null"],
    { env: { TERM: "xterm-256color", NO_COLOR: "1" } }
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what must not be there
  expect(plain.stdout).not.toMatch(/\u001b\[[0-9;]*m/);
});

test("in a pipe there is no escape, whatever the terminal says", async () => {
  await using box = await projectWithTasks({ "tasks/one.ts": task("printf '\\033[31mred\\033[0m\\n'; exit 1") });
  const run = await box.kWith({ env: { TERM: "xterm-256color", COLORTERM: "truecolor" } }, "one");
  expect(run.stdout).toContain("red");
  expect(run.stdout + run.stderr).not.toContain("\u001b");
  const forced = await box.kWith({ env: { FORCE_COLOR: "1" } }, "one");
  expect(forced.stdout).toContain("\u001b[");
});

test.skipIf(!hasTmux)(`Ctrl-C stops everything, gives the cursor back, and the shell goes on${why}`, async () => {
  await using box = await projectWithTasks({
    "tasks/hang.ts": task("trap '' INT; sleep 7411 & echo up; wait; sleep 7411"),
  });
  await using pane = await onTerminal(box, 80, 24, ["hang"]);
  await pane.until((screen) => screen.includes("up"), "the child's line");
  await pane.keys("C-c");
  expect(await exitOf(box, pane)).toBe("130");
  expect(await pane.fact("cursor_flag")).toBe("1");
  expect((await box.run(["pgrep", "-f", "^sleep 7411$"])).stdout).toBe("");
});

test.skipIf(!hasTmux)(`an interactive task owns the terminal: it reads what is typed${why}`, async () => {
  const ask = [
    'import { defineTask } from "konductor";',
    'export default defineTask({ summary: "Ask", interactive: true,',
    '  run: async ({ exec }) => { await exec(["sh", "-c", "printf \'name? \'; read name; echo \\"hello, $name\\""]); },',
    "});",
  ].join("\n");
  await using box = await projectWithTasks({ "tasks/ask.ts": ask });
  await using pane = await onTerminal(box, 80, 24, ["ask"]);
  await pane.until((screen) => screen.includes("name?"), "the question");
  await pane.keys("you", "Enter");
  const screen = await pane.until((text) => text.includes("hello, you"), "the answer");
  expect(screen).toContain("name? you");
  expect(await exitOf(box, pane)).toBe("0");
});

for (const [signal, code] of [
  ["INT", 130],
  ["TERM", 143],
  ["HUP", 129],
] as const) {
  test(`${signal} to k ends all that it started, and is its exit code`, async () => {
    const mark = `74${code}`;
    await using box = await projectWithTasks({
      "tasks/hang.ts": task(`trap '' ${signal}; sleep ${mark} & echo up; wait`),
    });
    const child = Bun.spawn([process.execPath, ...kArguments, "hang", "-v"], {
      cwd: box.root,
      env: { ...box.env },
      stdout: "pipe",
      stderr: "ignore",
    });
    let seen = "";
    for await (const chunk of child.stdout) {
      seen += new TextDecoder().decode(chunk);
      if (seen.includes("up") && child.signalCode === null && !child.killed) {
        child.kill(`SIG${signal}`);
      }
    }
    expect(await child.exited).toBe(code);
    expect((await box.run(["pgrep", "-f", `^sleep ${mark}$`])).stdout).toBe("");
  });
}

test("a k that is killed outright leaves nothing running", async () => {
  await using box = await projectWithTasks({ "tasks/hang.ts": task("sleep 7499 & echo up; wait") });
  const child = Bun.spawn([process.execPath, ...kArguments, "hang", "-v"], {
    cwd: box.root,
    env: { ...box.env },
    stdout: "pipe",
    stderr: "ignore",
  });
  const reader = child.stdout.getReader();
  let seen = "";
  while (!seen.includes("up")) {
    seen += new TextDecoder().decode((await reader.read()).value);
  }
  child.kill("SIGKILL");
  await child.exited;
  const deadline = performance.now() + 10_000;
  let left = "?";
  while (left !== "" && performance.now() < deadline) {
    left = (await box.run(["pgrep", "-f", "^sleep 7499$"])).stdout;
  }
  expect(left).toBe("");
});
