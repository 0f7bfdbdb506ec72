import { type ExitCode, exitCodes } from "../core/exit-code.ts";
import { type Problem, show } from "../core/problem.ts";
import type { Io } from "./io.ts";

/** Says every problem, and returns the gravest code. */
export function complain(problems: readonly Problem[], io: Pick<Io, "err">): ExitCode {
  let code: ExitCode = exitCodes.passed;
  for (const problem of problems) {
    const { message, hint, exit, detail } = show(problem);
    io.err(
      `error: ${message}\n${detail === undefined ? "" : `${detail.trimEnd()}\n`}${hint === undefined ? "" : `hint: ${hint}\n`}`
    );
    if (code === exitCodes.passed || exit === exitCodes.wrongUse) {
      code = exit;
    }
  }
  return code;
}
