import { ProblemError, show } from "../core/problem.ts";
import { bad, type Check, type Mend, type Result, type Severity } from "./check.ts";
import { plain } from "../core/plain.ts";
import type { World } from "./world.ts";

/** A check with what came of it. */
export interface Examined {
  readonly check: Check;
  readonly status: Result["status"];
  /** What it counts for, now that it is known; of no meaning where it is good or idle. */
  readonly severity: Severity;
  readonly found: string;
  readonly mend?: Mend;
  /** In milliseconds. */
  readonly took: number;
}

/** In seconds, where a check says nothing else: longer than what any program is given to answer. */
const patience = 8;

export interface Watch {
  started(check: Check): void;
  ended(examined: Examined): void;
}

/** Runs checks all at once; one that hangs or has a bug keeps no other from its answer. In the order given. */
export function examine(checks: readonly Check[], world: World, watch?: Watch): Promise<readonly Examined[]> {
  return Promise.all(
    checks.map(async (check) => {
      watch?.started(check);
      const examined = await examineOne(check, world);
      watch?.ended(examined);
      return examined;
    })
  );
}

/** Never rejects. */
export async function examineOne(check: Check, world: World): Promise<Examined> {
  const began = performance.now();
  const result = await Promise.race([probe(check, world), outOfTime(check)]);
  const own = typeof check.severity === "function" ? check.severity(world) : check.severity;
  const { status, found } = result;
  const hasMend = result.status === "weak" || result.status === "bad";
  return {
    check,
    status,
    severity: severityOf(own, result),
    found: plain(found),
    ...(hasMend && result.mend !== undefined ? { mend: result.mend } : {}),
    took: performance.now() - began,
  };
}

/** What works, if not as well as it might, is nothing critical. */
function severityOf(own: Severity, result: Result): Severity {
  if (result.status === "good" || result.status === "idle") {
    return own;
  }
  return result.severity ?? (result.status === "weak" && own === "critical" ? "warning" : own);
}

async function probe(check: Check, world: World): Promise<Result> {
  try {
    return await check.probe(world);
  } catch (error) {
    const shown = error instanceof ProblemError ? error.problems.map(show)[0] : undefined;
    const message = shown?.message ?? (error instanceof Error ? error.message : String(error));
    return bad(`this could not be found out: ${message}`, shown?.hint === undefined ? undefined : { text: shown.hint });
  }
}

function outOfTime({ timeout = patience }: Check): Promise<Result> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(bad(`no answer within ${timeout} s`)), timeout * 1000).unref();
  });
}
