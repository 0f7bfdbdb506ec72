import { readdirSync } from "node:fs";
import { join } from "node:path";
import { hookFacts, parseHookName } from "../../core/hook.ts";
import type { Candidate } from "../candidate.ts";
import type { Source } from "../source.ts";
import { rootOf } from "./root-of.ts";

/** The git hooks that `k` has jobs for, and those that a `hooks` folder of the project names. */
export const source: Source = async (places) => {
  const folders = [join(places.home, "hooks"), join(rootOf(places), "hooks")];
  const names = folders.flatMap(namesIn).flatMap((name) => parseHookName(name) ?? []);
  return [...new Set(names)].toSorted().map((value): Candidate => {
    const { stops } = hookFacts(value);
    return { value, ...(stops === undefined ? {} : { description: `can stop a ${stops}` }) };
  });
};

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).flatMap((file) => (file.endsWith(".ts") ? [file.slice(0, -3)] : []));
  } catch {
    return [];
  }
}
