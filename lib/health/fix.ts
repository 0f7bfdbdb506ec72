import { type Problem, ProblemError } from "../core/problem.ts";
import type { Action } from "./check.ts";
import { type Examined, examineOne } from "./examine.ts";
import { isFault } from "./report.ts";
import type { World } from "./world.ts";

export interface FixIo {
  /** `undefined` where nobody can be asked and nobody said yes beforehand. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
  say(line: string): void;
}

export interface FixResult {
  readonly all: readonly Examined[];
  readonly done: readonly string[];
  readonly problems: readonly Problem[];
}

interface Fixable {
  readonly examined: Examined;
  readonly action: Action;
}

/** Applies the mends that are safe, one after the other, each as the user says; then looks again at what it mended. */
export async function fixFaults(all: readonly Examined[], world: World, io: FixIo): Promise<FixResult> {
  const fixable = all.flatMap((examined): Fixable[] => {
    const action = isFault(examined) ? examined.mend?.action : undefined;
    return action === undefined ? [] : [{ examined, action }];
  });
  if (fixable.length === 0) {
    return { all, done: [], problems: [] };
  }
  if (io.confirm === undefined) {
    const what = fixable.map(({ action }) => action.what).join("; ");
    throw new ProblemError({
      kind: "refused",
      what: `\`--fix\` would ${what}`,
      hint: "there is nobody to ask here: add --yes if you mean it",
    });
  }
  const done: string[] = [];
  const problems: Problem[] = [];
  const again = new Map<string, Examined>();
  for (const { examined, action } of fixable) {
    if (!(await io.confirm(`${examined.check.name}: ${examined.found}\n${action.what}?`))) {
      io.say(`${examined.check.name}: left as it is`);
      continue;
    }
    try {
      const did = `${examined.check.name}: ${await action.apply()}`;
      done.push(did);
      io.say(did);
      again.set(examined.check.name, await examineOne(examined.check, world.afresh()));
    } catch (error) {
      if (!(error instanceof ProblemError)) {
        throw error;
      }
      problems.push(...error.problems);
    }
  }
  return { all: all.map((one) => again.get(one.check.name) ?? one), done, problems };
}
