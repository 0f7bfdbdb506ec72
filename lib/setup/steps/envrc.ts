import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Machine, Ran } from "../machine.ts";
import { defineStep, type Look } from "../step.ts";

/** So much of it is shown; whoever wants to read on knows where it is. */
const shownLines = 12;

export const envrc = defineStep({
  name: "envrc",
  title: "the development shell is there when you enter the folder",
  scope: "repository",
  // It is the project's own code: a yes to everything is no yes to that.
  optional: true,
  changes: "allows this project's .envrc, which direnv then runs each time you enter the folder",
  undo: "direnv deny",
  async look(machine): Promise<Look> {
    const program = machine.which("direnv");
    const path = join(machine.root, ".envrc");
    const text = textOf(path);
    if (program === undefined || text === undefined) {
      return { status: "idle", found: program === undefined ? "direnv is not installed" : "there is no .envrc here" };
    }
    const ran = await machine.run([program, "status"], { cwd: machine.root });
    // `0` since direnv 2.33, `true` before.
    if (/^Found RC allowed (0|true)$/m.test(ran.stdout)) {
      return { status: "done", found: ".envrc is allowed" };
    }
    const all = text.trimEnd().split("\n");
    const lines = [
      `run: direnv allow ${path}`,
      "  it runs, each time you enter the folder:",
      ...all.slice(0, shownLines).map((line) => `  | ${line}`),
      ...(all.length > shownLines ? [`  and ${all.length - shownLines} lines more`] : []),
    ];
    return {
      status: "open",
      found: ".envrc is not allowed",
      changes: [{ kind: "call", lines, run: () => allow(program, path, text, machine) }],
    };
  },
});

/** Only what was shown is allowed. */
async function allow(program: string, path: string, shown: string, machine: Machine): Promise<string> {
  if (textOf(path) !== shown) {
    return `${path} changed just now, and is not allowed`;
  }
  const ran: Ran = await machine.run([program, "allow", path]);
  return ran.exitCode === 0 ? "" : `direnv did not allow it: ${ran.stderr.trim()}`;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
