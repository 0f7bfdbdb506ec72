import type { Consent } from "../core/consent.ts";
import { canAsk, Interrupted, stopAsInterrupted, terminalPrompter } from "./prompts.ts";
import type { Wiring } from "./wiring.ts";

/** By `--dry-run`, `--yes`, and whether there is a terminal. */
export function consentOf({ io, global }: Pick<Wiring, "io" | "global">, signal: AbortSignal): Consent {
  if (global["dry-run"] === true) {
    return { kind: "tell" };
  }
  if (global.yes === true) {
    return { kind: "yes" };
  }
  return canAsk(io)
    ? { kind: "ask", ask: (question) => terminalPrompter(signal).confirm(question, false) }
    : { kind: "refuse" };
}

/** Ctrl-C at a question ends the run as the signal would. */
export async function withQuestions<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    return error instanceof Interrupted ? stopAsInterrupted() : Promise.reject(error as Error);
  }
}
