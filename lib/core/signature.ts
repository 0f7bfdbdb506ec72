import type { ArgSpecs, FlagSpecs, FlagValue } from "./flag.ts";

/** A task's flags with what the user left out filled in: false, an empty list, or `undefined`. */
export function completeFlags(
  given: Readonly<Record<string, FlagValue>>,
  specs: FlagSpecs
): Record<string, FlagValue | undefined> {
  const out: Record<string, FlagValue | undefined> = {};
  for (const [name, spec] of Object.entries(specs)) {
    out[name] = given[name] ?? (spec.type === "boolean" ? false : spec.type === "list" ? [] : undefined);
  }
  return out;
}

/** Words to declared arguments, in their order. */
export function nameWords(
  words: readonly string[],
  specs: ArgSpecs
): Record<string, string | readonly string[] | undefined> {
  const out: Record<string, string | readonly string[] | undefined> = {};
  for (const [index, [name, spec]] of Object.entries(specs).entries()) {
    out[name] = spec.variadic === true ? words.slice(index) : words[index];
  }
  return out;
}
