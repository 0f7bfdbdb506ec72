import type { Problem } from "../core/problem.ts";
import { checkNamed } from "./checks.ts";
import { examineOne } from "./examine.ts";
import { mendLine } from "./words.ts";
import type { World } from "./world.ts";

/** A check that a task requires, where it is bad: the same words and mend as `k doctor` has for it. */
export async function unmetCheck(name: string, world: World): Promise<Problem | undefined> {
  const check = checkNamed(name);
  if (check === undefined) {
    return undefined;
  }
  const examined = await world.once(`check ${name}`, () => examineOne(check, world));
  if (examined.status !== "bad") {
    return undefined;
  }
  const mend = mendLine(examined);
  return { kind: "not-ready", check: name, found: examined.found, ...(mend === undefined ? {} : { mend }) };
}
