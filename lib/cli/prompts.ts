import type { Prompter } from "../setup/setup-mode.ts";
import type { Question } from "../setup/step.ts";
import { type Io, isLive } from "./io.ts";

/** A user who can answer: a terminal on both ends, and no CI behind it. Words of `k` go to stderr, so that is one too. */
export function canAsk(io: Io): boolean {
  return io.stdinIsTerminal && isLive(io) && process.stderr.isTTY === true;
}

/** Ctrl-C or Escape at a question: the run ends as by the signal, which the caller sends. */
export class Interrupted extends Error {}

/** In raw mode the terminal gives Ctrl-C to whoever reads it, so the signal that it stands for is sent here. */
export function stopAsInterrupted(): Promise<never> {
  process.kill(process.pid, "SIGINT");
  return new Promise((_resolve, reject) => {
    setTimeout(() => reject(new Interrupted()), 1000);
  });
}

export interface TerminalPrompter extends Prompter {
  choose<T extends string>(message: string, choices: readonly T[]): Promise<T>;
}

/** Questions on stderr, so that stdout stays what the task prints. The library loads with the first question. */
export function terminalPrompter(signal: AbortSignal): TerminalPrompter {
  const library = (): Promise<typeof import("@clack/prompts")> => import("@clack/prompts");
  return {
    async confirm(message, initial) {
      const { confirm, isCancel } = await library();
      const answer = await confirm({ message, initialValue: initial, output: process.stderr, signal });
      if (isCancel(answer)) {
        throw new Interrupted();
      }
      return answer;
    },
    async choose<T extends string>(message: string, choices: readonly T[]) {
      const { isCancel, select } = await library();
      const options = choices.map((value) => ({ value: value as string, label: value }));
      const answer = await select<string>({ message, options, output: process.stderr, signal });
      if (isCancel(answer)) {
        throw new Interrupted();
      }
      return answer as T;
    },
    async text({ message, suggestion, check }: Question) {
      const { isCancel, text } = await library();
      const answer = await text({
        message,
        output: process.stderr,
        signal,
        validate: (value) => check(value ?? ""),
        ...(suggestion === undefined ? {} : { initialValue: suggestion }),
      });
      if (isCancel(answer)) {
        throw new Interrupted();
      }
      return answer.trim();
    },
  };
}
