import { type FlagSpec, type FlagSpecs, type FlagValue, type TextFlag, textForms } from "../core/flag.ts";
import type { Problem } from "../core/problem.ts";
import { nearest } from "../core/suggest.ts";
import type { TaskId } from "../core/task-id.ts";

export interface Parsed {
  /** By name as declared; only what the user gave. */
  readonly flags: Readonly<Record<string, FlagValue>>;
  readonly words: readonly string[];
  /** All that stood behind `--`. */
  readonly rest: readonly string[];
  readonly problems: readonly Problem[];
}

/** Stands before each word while cac has it, so that cac sees no number in it and changes nothing: it would make 123 of 0123. */
const shield = "\u0000";

/**
 * Parses words by these flags. cac splits them into flags and words; what it hands back is `any`, so all of it is
 * checked here: unknown flags, missing values, values outside their choices and numbers that are none.
 */
export function parseFlags(argv: readonly string[], specs: FlagSpecs, task?: TaskId): Parsed {
  const end = argv.indexOf("--");
  const own = end < 0 ? argv : argv.slice(0, end);
  const rest = end < 0 ? [] : argv.slice(end + 1);
  const prepared = prepare(own, specs, task);

  const parsed = split(prepared.argv, specs);
  const flags: Record<string, FlagValue> = { ...prepared.switches };
  const problems: Problem[] = [...prepared.problems];
  for (const [name, spec] of Object.entries(specs)) {
    const given: unknown = parsed.options[camelCase(name)];
    if (spec.type === "boolean" || given === undefined) {
      continue;
    }
    const value = checkValue(name, spec, (Array.isArray(given) ? given : [given]).map(unshield), problems);
    if (value !== undefined) {
      flags[name] = value;
    }
  }
  return { flags, words: parsed.args.map(unshield), rest, problems };
}

interface Parts {
  readonly options: Readonly<Record<string, unknown>>;
  readonly args: readonly string[];
}

/** Most calls have no value to split off, and need no cac. */
function split(argv: readonly string[], specs: FlagSpecs): Parts {
  if (argv.every((word) => word.startsWith(shield))) {
    return { options: {}, args: argv };
  }
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- only where there is something for it to do
  const { default: cac } = require("cac") as typeof import("cac");
  const cli = cac("k");
  for (const [name, spec] of Object.entries(specs)) {
    if (spec.type !== "boolean") {
      cli.option(`--${name} <value>`, spec.summary);
    }
  }
  return cli.parse(["k", "k", ...argv], { run: false });
}

/** As cac names its options. */
function camelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function unshield(word: unknown): string {
  return String(word).replaceAll(shield, "");
}

interface Prepared {
  /** What cac gets: known flags with their values behind `=`, all words shielded. */
  readonly argv: readonly string[];
  /** Flags without a value; cac would read `--no-color` as a `color` that is off. */
  readonly switches: Readonly<Record<string, boolean>>;
  readonly problems: readonly Problem[];
}

/** Reads the raw words by the specs, since cac drops unknown and empty values in silence. */
function prepare(argv: readonly string[], specs: FlagSpecs, task: TaskId | undefined): Prepared {
  const out: string[] = [];
  const switches: Record<string, boolean> = {};
  const problems: Problem[] = [];
  const queue = [...argv];
  const take = (name: string, spec: FlagSpec, typed: string, inline: string | undefined): void => {
    if (spec.type === "boolean") {
      if (inline !== undefined && inline !== "true" && inline !== "false") {
        problems.push({ kind: "flag-value", flag: typed, value: inline, expected: "no value" });
      }
      switches[name] = inline !== "false";
      return;
    }
    const value = inline ?? (isValue(queue[0], specs) ? queue.shift() : undefined);
    if (value === undefined || value === "") {
      problems.push({ kind: "flag-value", flag: typed, expected: expectation(spec) });
    } else {
      out.push(`--${name}=${shield}${value}`);
    }
  };
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const long = /^--([^=]+)(?:=(.*))?$/s.exec(word);
    if (long?.[1] !== undefined) {
      const name = long[1];
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
      if (spec === undefined) {
        problems.push(unknownFlag(`--${name}`, specs, task));
      } else {
        take(name, spec, `--${name}`, long[2]);
      }
    } else if (/^-[^-]/.test(word)) {
      takeShort(word.slice(1), specs, task, take, problems);
    } else {
      out.push(shield + word);
    }
  }
  return { argv: out, switches, problems };
}

/** `-nj4` is `-n -j 4`: letters up to the first that takes a value; what follows is the value. */
function takeShort(
  letters: string,
  specs: FlagSpecs,
  task: TaskId | undefined,
  take: (name: string, spec: FlagSpec, typed: string, inline: string | undefined) => void,
  problems: Problem[]
): void {
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? "";
    const entry = Object.entries(specs).find(([, spec]) => spec.short === letter);
    if (entry === undefined) {
      problems.push(unknownFlag(`-${letters.length > 1 && index === 0 ? letters : letter}`, specs, task));
      return;
    }
    const [name, spec] = entry;
    const left = letters.slice(index + 1).replace(/^=/, "");
    if (spec.type !== "boolean") {
      take(name, spec, `-${letter}`, left === "" ? undefined : left);
      return;
    }
    take(name, spec, `-${letter}`, undefined);
  }
}

/** A word behind a flag is its value unless it is itself a flag that we know; so `--port -1` reaches the range check. */
function isValue(word: string | undefined, specs: FlagSpecs): boolean {
  if (word === undefined) {
    return false;
  }
  if (!word.startsWith("-") || word === "-") {
    return true;
  }
  const long = /^--([^=]+)/.exec(word)?.[1];
  if (long !== undefined) {
    return false;
  }
  return !Object.values(specs).some((spec) => spec.short === word[1]);
}

function unknownFlag(flag: string, specs: FlagSpecs, task: TaskId | undefined): Problem {
  const near = flag.startsWith("--") ? nearest(flag.slice(2), Object.keys(specs)) : undefined;
  return {
    kind: "unknown-flag",
    flag,
    ...(task === undefined ? {} : { task }),
    ...(near === undefined ? {} : { nearest: `--${near}` }),
  };
}

/** What a flag takes, in words for an error. */
export function expectation(spec: FlagSpec): string {
  switch (spec.type) {
    case "boolean":
      return "no value";
    case "number": {
      const from = spec.min === undefined ? "" : ` from ${spec.min}`;
      return `a whole number${from}${spec.max === undefined ? "" : ` to ${spec.max}`}`;
    }
    case "text":
      if (spec.form !== undefined) {
        return textForms[spec.form].expected;
      }
      return spec.choices === undefined ? spec.value : `one of ${spec.choices.join(", ")}`;
    case "list":
      return spec.choices === undefined ? spec.value : `one of ${spec.choices.join(", ")}`;
  }
}

function checkValue(
  name: string,
  spec: Exclude<FlagSpec, { type: "boolean" }>,
  given: readonly string[],
  problems: Problem[]
): FlagValue | undefined {
  const last = given.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const refuse = (value: string): undefined => {
    problems.push({ kind: "flag-value", flag: `--${name}`, value, expected: expectation(spec) });
    return undefined;
  };
  switch (spec.type) {
    case "number": {
      const value = /^-?\d+$/.test(last) ? Number(last) : Number.NaN;
      const fits =
        Number.isSafeInteger(value) &&
        value >= (spec.min ?? Number.NEGATIVE_INFINITY) &&
        value <= (spec.max ?? Number.POSITIVE_INFINITY);
      return fits ? value : refuse(last);
    }
    case "text":
      return accepts(spec, last) ? last : refuse(last);
    case "list": {
      const values = given.flatMap((value) => value.split(",")).filter((value) => value !== "");
      const wrong = values.find((value) => spec.choices !== undefined && !spec.choices.includes(value));
      return wrong === undefined ? values : refuse(wrong);
    }
  }
}

function accepts({ choices, form }: TextFlag, value: string): boolean {
  return (choices?.includes(value) ?? true) && (form === undefined || textForms[form].accepts(value));
}
