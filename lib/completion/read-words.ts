import type { FlagSpec, FlagSpecs } from "../core/flag.ts";

/** The words before the cursor, told apart by the flags that are known. */
export interface ReadWords {
  /** What is no flag and no flag's value. */
  readonly words: readonly string[];
  /** Long names of the flags that are there. */
  readonly given: ReadonlySet<string>;
  /** The flag whose value comes next. */
  readonly pending?: FlagSpec;
  /** A `--` was there: all that follows is the task's. */
  readonly ended: boolean;
  /** The value of `-C`. */
  readonly cwd?: string;
}

/** Reads words as the command line does, but judges nothing: what is unknown or unfinished is passed over. */
export function readWords(argv: readonly string[], specs: FlagSpecs): ReadWords {
  const words: string[] = [];
  const given = new Set<string>();
  let pending: FlagSpec | undefined;
  let pendingName = "";
  let cwd: string | undefined;
  const take = (name: string, spec: FlagSpec, inline: string | undefined): void => {
    given.add(name);
    if (spec.type === "boolean") {
      return;
    }
    if (inline === undefined) {
      pending = spec;
      pendingName = name;
    } else if (name === "cwd") {
      cwd = inline;
    }
  };
  for (const word of argv) {
    if (word === "--") {
      return { words, given, ended: true, ...(cwd === undefined ? {} : { cwd }) };
    }
    const found = flagsIn(word, specs);
    if (pending !== undefined && found === undefined) {
      if (pendingName === "cwd") {
        cwd = word;
      }
      pending = undefined;
    } else if (found === undefined) {
      words.push(word);
    } else {
      pending = undefined;
      for (const { name, spec, inline } of found) {
        take(name, spec, inline);
      }
    }
  }
  return {
    words,
    given,
    ended: false,
    ...(pending === undefined ? {} : { pending }),
    ...(cwd === undefined ? {} : { cwd }),
  };
}

interface FoundFlag {
  readonly name: string;
  readonly spec: FlagSpec;
  readonly inline?: string;
}

/** The flags of one word; `undefined` where it is none. An unknown flag is a flag without a spec: an empty list. */
function flagsIn(word: string, specs: FlagSpecs): readonly FoundFlag[] | undefined {
  const [, long, value] = /^--([^=]+)(?:=(.*))?$/s.exec(word) ?? [];
  if (long !== undefined) {
    const spec = Object.hasOwn(specs, long) ? specs[long] : undefined;
    return spec === undefined ? [] : [{ name: long, spec, ...(value === undefined ? {} : { inline: value }) }];
  }
  return /^-[^-]/.test(word) ? shortFlags(word.slice(1), specs) : undefined;
}

function shortFlags(letters: string, specs: FlagSpecs): readonly FoundFlag[] | undefined {
  const found: FoundFlag[] = [];
  for (let index = 0; index < letters.length; index += 1) {
    const entry = Object.entries(specs).find(([, { short }]) => short === letters[index]);
    if (entry === undefined) {
      // `-1` is a value, not a flag.
      return index === 0 && /\d/.test(letters) ? undefined : found;
    }
    const [name, spec] = entry;
    if (spec.type !== "boolean") {
      const inline = letters.slice(index + 1).replace(/^=/, "");
      return [...found, { name, spec, ...(inline === "" ? {} : { inline }) }];
    }
    found.push({ name, spec });
  }
  return found;
}
