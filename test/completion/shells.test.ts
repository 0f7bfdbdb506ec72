import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Shell, shells } from "../../lib/completion/write-answer.ts";
import { home, projectWithTasks, type Sandbox, sandbox } from "../support/sandbox.ts";
import { openShell } from "../support/shell-session.ts";
import { hasTmux } from "../support/tmux.ts";

/** A task of a project with each kind of value. */
const ship = `
  import { defineTask } from "konductor";
  export default defineTask({
    summary: "Ship it",
    aliases: ["sh:it"],
    args: {
      where: { summary: "Where to", required: true, choices: ["the moon", "mars"] },
      what: { summary: "What", complete: "task" },
    },
    flags: {
      vm: { type: "text", value: "NAME", complete: "vm", summary: "On which machine" },
      input: { type: "list", value: "INPUT", complete: "input", summary: "With which inputs" },
      shell: { type: "text", value: "SHELL", complete: "shell", summary: "In which shell" },
    },
    run: () => {},
  });
`;

const lock = {
  root: "root",
  nodes: {
    root: { inputs: { nixpkgs: "n", "flake-utils": "f" } },
    n: { locked: { lastModified: 1_700_000_000 } },
    f: {},
  },
};

async function world(): Promise<Sandbox> {
  const box = await projectWithTasks({
    "docs/guide.md": "",
    "my file.txt": "",
    "it's $odd": "",
    "flake.lock": JSON.stringify(lock),
    "tasks/ship.ts": ship,
  });
  const vms = join(box.root, "../home/.local/state/konductor/vm");
  await mkdir(join(vms, "web one"), { recursive: true });
  await mkdir(join(vms, "db"), { recursive: true });
  return box;
}

/** What is typed, and what stands on the line behind one TAB; where shells differ, by shell. */
const cases: readonly (readonly [string, string | Readonly<Record<Shell, string>>])[] = [
  ["k hooks ins", "k hooks install "],
  ["k lint:js:b", "k lint:js:biome "],
  ["k sh:", "k sh:it "],
  ["./k lint:js:b", "./k lint:js:biome "],
  ["k lint --to", "k lint --tool "],
  ["k --fail", "k --fail-fast "],
  ["k lint --tool=ruff,esl", "k lint --tool=ruff,eslint "],
  ["k lint --tool esl", "k lint --tool eslint "],
  ["k --reporter=pl", "k --reporter=plain "],
  ["k config sch", "k config schema "],
  ["k lint do", "k lint docs/"],
  ["k lint docs/g", "k lint docs/guide.md "],
  ["k lint my", String.raw`k lint my\ file.txt `],
  ["k lint it", String.raw`k lint it\'s\ \$odd `],
  ['k lint "my', 'k lint "my file.txt" '],
  ["k -C do", "k -C docs/"],
  ["k -C docs lint gui", "k -C docs lint guide.md "],
  ["k ship the", String.raw`k ship the\ moon `],
  ["k ship 'the", "k ship 'the moon' "],
  ["k ship mars hoo", "k ship mars hooks"],
  ["k ship --vm d", "k ship --vm db "],
  ["k ship --vm=we", String.raw`k ship --vm=web\ one `],
  ["k ship --input=nixpkgs,fl", "k ship --input=nixpkgs,flake-utils "],
  ["k ship --shell rus", "k ship --shell rust "],
  ["k ci; k config sch", "k ci; k config schema "],
  // None of them is run: the file would be there.
  ["k lint $(touch pwned) --to", "k lint $(touch pwned) --tool "],
  // bash does not complete behind a backquote.
  [
    "k lint `touch pwned` --to",
    { bash: "k lint `touch pwned` --to", zsh: "k lint `touch pwned` --tool ", fish: "k lint `touch pwned` --tool " },
  ],
  ["k no-such-task", "k no-such-task"],
];

for (const shell of shells) {
  const isThere = hasTmux && Bun.which(shell) !== null;
  const isInstallable = isThere && (shell !== "bash" || existsSync("/usr/share/bash-completion/bash_completion"));
  const why = isThere ? "" : ` (skipped: there is no ${hasTmux ? shell : "tmux"})`;

  test.skipIf(!isThere)(`a TAB in ${shell} completes tasks, flags, values and files${why}`, async () => {
    await using box = await world();
    await using session = await openShell(shell, box, join(home, "k"));
    const got: Record<string, string> = {};
    const wanted: Record<string, string> = {};
    for (const [typed, expected] of cases) {
      wanted[typed] = typeof expected === "string" ? expected : expected[shell];
      got[typed] = await session.tab(typed);
    }
    expect(got).toEqual(wanted);
    expect(await session.pane.screen()).not.toContain("rror");
    expect((await box.run(["ls"])).stdout).not.toContain("pwned");
  });

  test.skipIf(!isThere)(
    `${shell} lists what there is with what it is, and puts in what all have in common${why}`,
    async () => {
      await using box = await sandbox();
      await using session = await openShell(shell, box, join(home, "k"), { columns: 100 });
      await session.pane.keys("-l", "--", "k hooks ");
      await session.pane.keys("Tab", "Tab");
      const screen = await session.pane.until((text) => text.includes("validate"), "the list");
      expect(screen).toContain("Install the git hooks of this repository");
      expect(screen).toContain("uninstall");
      await using other = await openShell(shell, box, join(home, "k"));
      expect(await other.tab("k lint:py")).toBe("k lint:python");
    }
  );

  test.skipIf(!isInstallable)(
    `what \`k completions install\` writes for ${shell} is loaded by it, at the first TAB${why}`,
    async () => {
      await using box = await sandbox();
      const installed = await box.k("completions", "install", shell);
      expect(installed.stderr).toBe("");
      expect(installed.exitCode).toBe(0);
      await using session = await openShell(shell, box, join(home, "k"), { installed: true });
      expect(await session.tab("k lint:js:b")).toBe("k lint:js:biome ");
      expect(await session.tab("./k lint --tool=esl")).toBe("./k lint --tool=eslint ");
    }
  );

  test.skipIf(!isThere)(`a k that fails says nothing into the prompt of ${shell}${why}`, async () => {
    await using box = await sandbox({
      "konductor.toml": "tasks = this is no TOML",
      "bin/k": "#!/bin/sh\necho broken >&2\nexit 70\n",
    });
    await using broken = await openShell(shell, box, join(box.root, "bin/k"));
    expect(await broken.tab("k li")).toBe("k li");
    expect(await broken.pane.screen()).not.toContain("broken");
  });
}
