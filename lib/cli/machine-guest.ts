import { resolve } from "node:path";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { shellQuoted, shellWord } from "../core/shell-word.ts";
import { hostAlias, sshCommand } from "../vm/ssh.ts";
import { programIn, type VmWorld } from "../vm/world.ts";
import type { Io } from "./io.ts";
import { runningMachine } from "./machine-look.ts";

type Context = Pick<TaskContext, "exec" | "cwd" | "id">;

/** A shell in the guest, or one command; `k` ends with its code, and says nothing of its own. */
export async function runInGuest(
  name: string | undefined,
  command: readonly string[],
  context: Context,
  world: VmWorld,
  io: Io
): Promise<TaskResult> {
  const { record, files } = runningMachine(name, world.env);
  const [ssh, ...rest] = sshCommand(record.machine.name, files, world);
  const isTerminal = command.length > 0 && io.stdinIsTerminal && io.stdoutIsTerminal;
  const ran = await context.exec([ssh, ...(isTerminal ? ["-t"] : []), ...rest, ...remoteWords(command)]);
  if (ran.exitCode === 255 && record.isReady !== true) {
    const hint = "`k nix:qcow2:start` waits until it is ready";
    return {
      status: "failed",
      problems: [{ kind: "machine", what: `${record.machine.name} is still starting`, hint }],
      exitCode: 255,
    };
  }
  return ran.exitCode === 0 ? { status: "passed" } : { status: "failed", problems: [], exitCode: ran.exitCode };
}

/**
 * ssh joins words with blanks and has the login shell of the guest read them, whichever that is: so it gets one sh, and its code.
 * The command is not its last, since ssh answers 255 where a signal ended what it waits for.
 */
function remoteWords(command: readonly string[]): readonly string[] {
  return command.length === 0 ? [] : ["--", `sh -c ${shellQuoted(`${command.map(shellWord).join(" ")}; exit $?`)}`];
}

export async function copyFiles(
  name: string | undefined,
  [from, to]: readonly [string, string],
  context: Context,
  world: VmWorld
): Promise<TaskResult> {
  if (from.startsWith(":") === to.startsWith(":")) {
    throw new ProblemError({
      kind: "wrong-use",
      message: `one of ${from} and ${to} must be of the guest`,
      hint: "a path of the guest begins with a colon: `k vm:cp notes.txt :/tmp/`",
    });
  }
  const { record, files } = runningMachine(name, world.env);
  const scp = programIn(world, "scp", "openssh-client");
  const place = (path: string): string =>
    path.startsWith(":") ? `${hostAlias(record.machine.name)}${path}` : resolve(context.cwd, path);
  const ran = await context.exec([scp, "-r", "-p", "-F", files.sshConfig, "--", place(from), place(to)]);
  return ran.exitCode === 0
    ? { status: "passed" }
    : {
        status: "failed",
        problems: [{ kind: "task-failed", id: context.id, exitCode: ran.exitCode, command: `scp ${from} ${to}` }],
      };
}
