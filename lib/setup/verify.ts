import type { VerifyCall } from "../core/setup.ts";
import { show, type Problem } from "../core/problem.ts";
import type { TaskResult } from "../core/task.ts";
import type { Machine } from "./machine.ts";
import { lookAtAll } from "./look-at.ts";
import type { SetupScreen } from "./setup-mode.ts";
import { type Seen, showState, wrap } from "./show.ts";
import { noWishes } from "./step.ts";
import { steps } from "./steps.ts";

/** Prints how every step stands, with the command that mends it; fails where this repository is not ready to commit in. */
export async function verify(
  { quick, summary }: VerifyCall,
  machine: Machine,
  { columns, print }: SetupScreen
): Promise<TaskResult> {
  const chosen = steps.filter(({ scope }) => !quick || scope === "repository");
  const seen = await lookAtAll(chosen, machine, noWishes);
  const due = seen.filter(({ look }) => look.status !== "done" && look.status !== "idle");
  const shown = summary ? due : seen;
  for (const one of shown) {
    print(`${showState(one, columns)}\n`);
    if (one.look.status === "open" || one.look.status === "ask") {
      print(`      fix: k setup ${one.step.name}\n`);
    }
  }
  const failed = due.filter(({ step }) => step.scope === "repository" && step.optional !== true);
  const warnings = due.length - failed.length;
  print(verdict(failed.length, warnings, summary));
  if (summary) {
    print(nextSteps(machine, columns));
    return { status: "passed" };
  }
  return failed.length === 0 ? { status: "passed" } : { status: "failed", problems: failed.map(problemOf) };
}

function problemOf({ step, look }: Seen): Problem {
  const why = look.status === "stuck" ? show(look.problem).message : look.found;
  return { kind: "hook", what: `not yet so: ${step.title}: ${why}`, hint: `k setup ${step.name}` };
}

function verdict(failed: number, warnings: number, summary: boolean): string {
  if (failed > 0) {
    return summary ? `${failed + warnings} left to set up: k setup\n` : `FAILED: ${failed} of this repository\n`;
  }
  return warnings === 0 ? "READY\n" : `READY, with ${warnings} left that you may want: k setup\n`;
}

function nextSteps(machine: Machine, columns: number): string {
  const lines = [
    "k lint: check this project",
    "k list: all there is",
    "k doctor: is everything on this machine as it must be",
  ];
  const nix = machine.which("nix") === undefined ? [] : ["nix develop: the development shell"];
  return ["next:", ...[...lines, ...nix].flatMap((line) => wrap(line, columns, "  ", "    "))]
    .map((line) => `${line}\n`)
    .join("");
}
