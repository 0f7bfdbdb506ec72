import { lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { ProblemError } from "../core/problem.ts";
import { fileProblem } from "../host/file-problem.ts";
import type { Machine } from "./machine.ts";
import type { Change } from "./step.ts";
import { backupName, writeUserFile } from "./write-file.ts";

/** Does one change; resolves with what there is to say beyond what was shown, rejects with a `ProblemError`. */
export async function carryOut(change: Change, machine: Machine): Promise<string> {
  switch (change.kind) {
    case "file":
      return change.root === true && machine.user.uid !== 0
        ? writeAsRoot(change, machine)
        : writeUserFile(change, machine.now());
    case "link":
      return makeLink(change);
    case "command":
      return runCommand(change, machine);
    case "call":
      return change.run();
  }
}

/** The words as they are run: with `sudo` where only root may. */
export function asRun(
  { argv, root }: Extract<Change, { kind: "command" }>,
  machine: Machine
): readonly [string, ...string[]] {
  if (root !== true || machine.user.uid === 0) {
    return argv;
  }
  // Without a terminal nobody can type a password: sudo is to say so instead of waiting.
  return machine.attended ? ["sudo", ...argv] : ["sudo", "-n", ...argv];
}

async function runCommand(change: Extract<Change, { kind: "command" }>, machine: Machine): Promise<string> {
  const argv = asRun(change, machine);
  const options = change.cwd === undefined ? {} : { cwd: change.cwd };
  const words = argv.join(" ");
  if ((change.open === true || argv[0] === "sudo") && machine.attended) {
    const exitCode = await machine.runOpenly(argv, options);
    if (exitCode !== 0) {
      throw new ProblemError({ kind: "tool-crashed", tool: argv[0], exitCode, output: "", command: words });
    }
    return "";
  }
  const ran = await machine.run(argv, { timeout: 900, ...options });
  if (ran.exitCode !== 0) {
    const said = ran.stderr.trim() || ran.stdout.trim() || `exit code ${ran.exitCode}`;
    throw new ProblemError({
      kind: "tool-crashed",
      tool: argv[0],
      exitCode: ran.exitCode,
      output: said,
      command: words,
    });
  }
  return "";
}

function makeLink({ path, target }: Extract<Change, { kind: "link" }>): string {
  try {
    mkdirSync(dirname(path), { recursive: true });
    symlinkSync(target, path);
    return `linked ${path} to ${target}`;
  } catch (error) {
    throw new ProblemError(fileProblem(path, "not linked", error));
  }
}

/** The new text goes to a file of the user first; root copies the old one aside and puts the new one in its place. */
async function writeAsRoot(change: Extract<Change, { kind: "file" }>, machine: Machine): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "k-setup-"));
  try {
    const fresh = join(folder, "new");
    writeFileSync(fresh, change.after);
    const backup = backupName(change.path, machine.now());
    if (lstatSync(change.path, { throwIfNoEntry: false }) !== undefined) {
      await runCommand({ kind: "command", argv: ["cp", "-p", "-n", change.path, backup], root: true }, machine);
    }
    await runCommand(
      { kind: "command", argv: ["install", "-D", "-m", "644", fresh, change.path], root: true },
      machine
    );
    return change.before === undefined ? `wrote ${change.path}` : `changed ${change.path}; what it was is in ${backup}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
