import { expect, setDefaultTimeout, test } from "bun:test";
import { type Hooked, withHooks } from "../support/hooked.ts";

// Each of these starts git and k many times, maybe on a busy machine.
setDefaultTimeout(30_000);

/** Runs git in a terminal of its own; resolves with all that it drew, once `when` says that enough was seen to go on. */
async function inTerminal(
  box: Hooked,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  when: (seen: string) => boolean,
  goOn: () => Promise<unknown>
) {
  const decoder = new TextDecoder();
  let seen = "";
  let released = false;
  const child = Bun.spawn(["git", ...args], {
    cwd: box.root,
    env: { ...box.env, ...env },
    terminal: {
      cols: 60,
      rows: 20,
      data(_, bytes) {
        seen += decoder.decode(bytes, { stream: true });
        if (!released && when(seen)) {
          released = true;
          void goOn();
        }
      },
    },
  });
  const exitCode = await child.exited;
  child.terminal?.close();
  return { exitCode, seen, released };
}

const waiting = `{ summary: "x", jobs: { slow: { command: ["sh", "-c", "mkfifo ../gate 2>/dev/null; cat ../gate > /dev/null; exit $CODE"] }, quick: { command: ["true"] } } }`;

test("on a terminal rows show what a hook is at, and one line stays where all is well", async () => {
  await using box = await withHooks({ "pre-commit": waiting });
  await box.write({ "a.bin": "1" });
  await box.git("add", "--all");
  const open = () => box.run(["sh", "-c", "until [ -p ../gate ]; do sleep 0.01; done; : > ../gate"]);
  const passed = await inTerminal(
    box,
    ["commit", "--quiet", "--message=feat: a"],
    { TERM: "xterm", CODE: "0", K_SKIP: "commit" },
    (seen) => /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏].*slow/.test(seen),
    open
  );
  expect([passed.exitCode, passed.released]).toEqual([0, true]);
  const last = Bun.stripANSI(passed.seen).trimEnd().split("\n").at(-1)?.trim();
  expect(last).toMatch(/^pre-commit: 3 jobs passed in \d\.\d s$/);
  // The cursor is given back.
  expect(passed.seen.lastIndexOf("\x1b[?25h")).toBeGreaterThan(passed.seen.lastIndexOf("\x1b[?25l"));

  await box.run(["rm", "-f", "../gate"]);
  await box.write({ "a.bin": "2" });
  await box.git("add", "--all");
  const failed = await inTerminal(
    box,
    ["commit", "--quiet", "--message=feat: b"],
    { TERM: "xterm", CODE: "3" },
    (seen) => /2\/3 done/.test(seen),
    open
  );
  expect([failed.exitCode, failed.released]).toEqual([1, true]);
  expect(Bun.stripANSI(failed.seen)).toContain("error: `slow` exited with 3");
  expect(failed.seen).toContain("\x1b[31m");
});

test("a terminal that cannot draw gets lines, without any escape", async () => {
  await using box = await withHooks({ "pre-commit": waiting });
  await box.write({ "a.bin": "1" });
  await box.git("add", "--all");
  // It stands there for longer than rows, were there any, would take to show.
  const open = box.run(["sh", "-c", "until [ -p ../gate ]; do sleep 0.01; done; sleep 0.5; : > ../gate"]);
  const dumb = await inTerminal(
    box,
    ["commit", "--quiet", "--message=feat: a"],
    { TERM: "dumb", CODE: "1" },
    () => false,
    async () => {}
  );
  await open;
  expect(dumb.exitCode).toBe(1);
  expect(dumb.seen).not.toContain("\x1b");
  expect(dumb.seen).toContain("✖ slow");
});

test("a job may ask the user: it has the terminal for itself, and rests where there is none", async () => {
  await using box = await withHooks({
    "pre-commit": `{ summary: "x", jobs: {
      asks: { command: ["sh", "-c", "sleep 0.4; printf 'really? '; read answer; test $answer = yes"], interactive: true },
      slow: { command: ["sleep", "0.1"] },
    } }`,
  });
  await box.write({ "a.bin": "1" });
  await box.git("add", "--all");
  const answer = async (text: string) => {
    const decoder = new TextDecoder();
    let seen = "";
    let asked = false;
    const child = Bun.spawn(["git", "commit", "--quiet", "--allow-empty", "--message=feat: a"], {
      cwd: box.root,
      env: { ...box.env, TERM: "xterm" },
      terminal: {
        cols: 60,
        rows: 20,
        data(terminal, bytes) {
          seen += decoder.decode(bytes, { stream: true });
          if (!asked && seen.includes("really? ")) {
            asked = true;
            terminal.write(`${text}\n`);
          }
        },
      },
    });
    const exitCode = await child.exited;
    child.terminal?.close();
    return { exitCode, seen: Bun.stripANSI(seen) };
  };
  const no = await answer("no");
  expect([no.exitCode, no.seen]).toEqual([1, expect.stringContaining("✖ asks")]);
  // No row is drawn over the question.
  expect(no.seen).toMatch(/really\? no\r?\n/);
  expect((await answer("yes")).exitCode).toBe(0);
  const plan = await box.k("hooks", "run", "pre-commit", "--dry-run");
  expect(plan.stderr).toContain("asks  does not run: there is no terminal");
});
