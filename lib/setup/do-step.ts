import { type Problem, ProblemError } from "../core/problem.ts";
import { carryOut } from "./carry-out.ts";
import type { Machine } from "./machine.ts";
import type { Doer, Prompter } from "./setup-mode.ts";
import { indent, showChanges, wrap } from "./show.ts";
import type { Change, Look, Question, Scope, Step, Wishes } from "./step.ts";

export interface Doing {
  /** The user named the steps. */
  readonly named: boolean;
  /** What all users share is meant too. */
  readonly machineToo: boolean;
  readonly wishes: Wishes;
  readonly mode: Doer;
  readonly machine: Machine;
  readonly columns: number;
}

/** What became of a step that was due. */
export type End =
  | { readonly kind: "did"; readonly afterwards: string | undefined }
  | { readonly kind: "left" }
  | { readonly kind: "failed"; readonly problems: readonly Problem[] };

const places: Readonly<Record<Scope, string>> = {
  repository: "in this repository",
  user: "for yourself",
  machine: "for all users of this machine",
};

/** The flags widen some steps. */
function scopeOf({ scope, name }: Step, { global, system }: Wishes): Scope {
  if (name === "flakes" && system) {
    return "machine";
  }
  return scope === "repository" && global && name !== "hooks" ? "user" : scope;
}

/** Shows what a step would change, asks, and does it. */
export async function doStep(
  step: Step,
  look: Extract<Look, { status: "open" | "ask" }>,
  { named, machineToo, wishes, mode, machine, columns }: Doing
): Promise<End> {
  const scope = scopeOf(step, wishes);
  const isUsual = scope !== "machine" && step.optional !== true;
  const isMeant = named || (step.optional !== true && (scope !== "machine" || machineToo));
  if (mode.kind === "yes" && !isMeant) {
    return { kind: "left" };
  }
  if (mode.kind === "yes" && look.status === "ask") {
    const problem: Problem = { kind: "refused", what: `${step.title}: ${look.found}`, hint: `give ${look.flags}` };
    return named ? { kind: "failed", problems: [problem] } : { kind: "left" };
  }
  const changes = await changesOf(look, mode);
  machine.say(await showChanges(step, changes, machine, columns));
  if (mode.kind === "asks" && !(await mode.prompter.confirm(`do this ${places[scope]}?`, named || isUsual))) {
    return { kind: "left" };
  }
  return carryOutAll(changes, look.status === "open" ? look.afterwards : undefined, { machine, columns });
}

async function changesOf(look: Extract<Look, { status: "open" | "ask" }>, mode: Doer): Promise<readonly Change[]> {
  if (look.status === "open") {
    return look.changes;
  }
  return look.changes(mode.kind === "asks" ? await answersTo(look.questions, mode.prompter) : {});
}

async function answersTo(
  questions: readonly Question[],
  prompter: Prompter
): Promise<Readonly<Record<string, string>>> {
  const answers: Record<string, string> = {};
  for (const question of questions) {
    answers[question.name] = await prompter.text(question);
  }
  return answers;
}

/** One after the other; what is done stays done where a later one fails. */
export async function carryOutAll(
  changes: readonly Change[],
  afterwards: string | undefined,
  { machine, columns }: Pick<Doing, "machine" | "columns">
): Promise<End> {
  const said: string[] = [];
  for (const change of changes) {
    machine.signal.throwIfAborted();
    try {
      said.push(await carryOut(change, machine));
    } catch (error) {
      if (error instanceof ProblemError) {
        return { kind: "failed", problems: error.problems };
      }
      throw error;
    }
  }
  const lines = said.flatMap((text) => text.split("\n")).filter((line) => line !== "");
  for (const line of lines.length === 0 ? ["done"] : lines) {
    machine.say(wrap(line, columns, indent).join("\n"));
  }
  return { kind: "did", afterwards };
}
