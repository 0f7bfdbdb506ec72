import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { kArguments, projectWithTasks, sandbox, type Sandbox } from "../support/sandbox.ts";
import { hasTmux, openPane, type Pane } from "../support/tmux.ts";
import { treeDigest } from "../support/tree-digest.ts";

interface Seat extends AsyncDisposable {
  readonly pane: Pane;
  readonly box: Sandbox;
}

/** A new user at a terminal of 40 columns, with `k` running; behind its end stands its exit code. */
async function seat(columns: number, ...words: readonly string[]): Promise<Seat> {
  const box = await sandbox({ "konductor.toml": "" });
  const env = {
    ...box.env,
    SHELL: "/bin/bash",
    PATH: "/usr/bin:/bin",
    GIT_CONFIG_GLOBAL: join(box.env["HOME"] ?? "", ".gitconfig"),
  };
  for (const name of ["AUTHOR", "COMMITTER"].flatMap((who) => [`GIT_${who}_NAME`, `GIT_${who}_EMAIL`])) {
    Object.assign(env, { [name]: "" });
  }
  const line = `cd "$1"; shift; "$@"; echo "exit code $?"; read -r _`;
  const pane = await openPane({
    columns,
    lines: 60,
    command: ["sh", "-c", line, "sh", box.root, process.execPath, ...kArguments, ...words],
    env,
  });
  return {
    pane,
    box,
    async [Symbol.asyncDispose]() {
      await pane[Symbol.asyncDispose]();
      await box[Symbol.asyncDispose]();
    },
  };
}

/** What `k` and Bun keep for themselves. */
const isKept = (path: string): boolean => /^(home\/\.(cache|bun)|project\/\.git\/k)$/.test(path);

const onTmux = test.skipIf(!hasTmux);

onTmux(
  "at 40 columns it asks for what is missing, checks the answers, and shows each change before it does it",
  async () => {
    await using at = await seat(40, "setup:git");
    await at.pane.until((screen) => screen.includes("your name, as commits show it"), "the first question");
    await at.pane.keys("Ada Lovelace", "Enter");
    await at.pane.until((screen) => screen.includes("your mail address"), "the second question");
    await at.pane.keys("ada", "Enter");
    await at.pane.until((screen) => screen.includes("such as ada@example.com"), "what is wrong with the answer");
    await at.pane.keys("@example.com", "Enter");
    const asked = await at.pane.until((screen) => screen.includes("do this in this repository?"), "the first change");
    expect(asked).toContain("run: git config --local user.name");
    expect(asked.split("\n").every((line) => line.length <= 40)).toBe(true);
    await at.pane.keys("Enter");
    // Also a command of `k` is broken at the edge, by the terminal: it can be copied whole.
    await at.pane.until(
      (screen) => /pull\.rebase\s+true/.test(screen.replaceAll(/\n(?=e true)/g, "")) && screen.includes("○ No"),
      "the second change"
    );
    await at.pane.keys("n");
    const end = await at.pane.until((screen) => screen.includes("exit code"), "its end");
    expect(end).toContain("exit code 0");
    expect(end).toContain("left as it is: git-settings");
    expect(await at.box.read(".git/config")).toContain("name = Ada Lovelace");
    expect(await at.box.read(".git/config")).not.toContain("rebase");
  }
);

onTmux("Ctrl-C at a question ends with 130 and leaves nothing half done; the next run goes on", async () => {
  await using at = await seat(80, "setup", "git-settings", "command");
  await at.pane.until((screen) => screen.includes("do this in this repository?"), "the first change");
  await at.pane.keys("y");
  await at.pane.until((screen) => screen.includes("do this for yourself?"), "the second change");
  const before = treeDigest(dirname(at.box.root), isKept);
  await at.pane.keys("C-c");
  const end = await at.pane.until((screen) => screen.includes("exit code"), "its end");
  expect(end).toContain("exit code 130");
  expect(end).toContain("what was done stays");
  expect(await at.pane.fact("cursor_flag")).toBe("1");
  expect(treeDigest(dirname(at.box.root), isKept)).toBe(before);
  expect(await at.box.read(".git/config")).toContain("rebase = true");
  const next = await at.box.kWith({ env: { SHELL: "/bin/bash" } }, "setup", "git-settings", "command", "--yes");
  expect(next.exitCode).toBe(0);
  expect(existsSync(join(at.box.env["HOME"] ?? "", ".local/bin/k"))).toBe(true);
});

onTmux("`k new` asks for what to make, its name and what it does", async () => {
  await using at = await seat(40, "new");
  await at.pane.until((screen) => screen.includes("what is to be made?"), "the first question");
  await at.pane.keys("Enter");
  await at.pane.until((screen) => screen.includes("what is the task called?"), "the second question");
  await at.pane.keys("greet", "Enter");
  await at.pane.until((screen) => screen.includes("what does it do"), "the third question");
  await at.pane.keys("Say hello", "Enter");
  expect(await at.pane.until((screen) => screen.includes("exit code"), "its end")).toContain("wrote tasks/greet.ts");
  expect(await at.box.read("tasks/greet.ts")).toContain('summary: "Say hello"');
});

onTmux("`k clean` asks, with No as the answer that Enter gives", async () => {
  await using at = await seat(80, "clean");
  await at.box.run(["true"]);
  const nothing = await at.pane.until((screen) => screen.includes("exit code"), "its end");
  expect(nothing).toContain("there is nothing of k to remove");
});

onTmux("what a task prints for another program reaches the terminal beside its row", async () => {
  const text = [
    'import { defineTask } from "konductor";',
    'export default defineTask({ summary: "Say it", run: ({ print }) => print("said to the terminal\\n") });',
    "",
  ].join("\n");
  await using box = await projectWithTasks({ "tasks/say.ts": text });
  const line = `cd "$1"; shift; "$@"; echo "exit code $?"; read -r _`;
  const command = ["sh", "-c", line, "sh", box.root, process.execPath, ...kArguments, "say"];
  await using pane = await openPane({ columns: 80, lines: 30, command, env: box.env });
  const end = await pane.until((screen) => screen.includes("exit code"), "its end");
  expect(end).toContain("said to the terminal");
  expect(end).toContain("exit code 0");
});
