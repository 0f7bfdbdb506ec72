import { parseShard } from "./shard.ts";

/** Where a shell's completion takes its values from; each has a function of its own in `lib/completion/sources/`. */
export const completionSources = [
  "none",
  "file",
  "folder",
  "task",
  "tool",
  /** Git hooks that `k` or the project defines. */
  "hook",
  /** Inputs of the project's `flake.lock`. */
  "input",
  /** Development shells of the flake. */
  "shell",
  /** Virtual machines that were made here. */
  "vm",
] as const;

export type CompletionSource = (typeof completionSources)[number];

export const flagTypes = ["boolean", "text", "list", "number"] as const;

interface FlagBase {
  readonly summary: string;
  /** One letter, without the dash. */
  readonly short?: string;
  readonly hidden?: boolean;
}

export interface BooleanFlag extends FlagBase {
  readonly type: "boolean";
}

/** Forms of a text that are checked as the command line is read. */
export const textForms = {
  shard: { accepts: (text: string): boolean => parseShard(text) !== undefined, expected: "I/N, such as 2/4" },
} as const satisfies Readonly<Record<string, { accepts(text: string): boolean; readonly expected: string }>>;

export interface TextFlag extends FlagBase {
  readonly type: "text";
  readonly form?: keyof typeof textForms;
  /** What stands for the value in help, such as `FILE`. */
  readonly value: string;
  readonly choices?: readonly string[];
  readonly complete?: CompletionSource;
}

/** May be given several times, and takes several values between commas. */
export interface ListFlag extends FlagBase {
  readonly type: "list";
  readonly value: string;
  readonly choices?: readonly string[];
  readonly complete?: CompletionSource;
}

/** A whole number, in decimal digits. */
export interface NumberFlag extends FlagBase {
  readonly type: "number";
  readonly value: string;
  readonly min?: number;
  readonly max?: number;
}

export type FlagSpec = BooleanFlag | TextFlag | ListFlag | NumberFlag;

/** By name, in kebab-case as typed, without the dashes. */
export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

export type FlagValue = boolean | string | number | readonly string[];

type ValueOf<S extends FlagSpec> = S extends BooleanFlag
  ? boolean
  : S extends NumberFlag
    ? number | undefined
    : S extends { readonly type: "list"; readonly choices: readonly (infer C)[] }
      ? readonly C[]
      : S extends ListFlag
        ? readonly string[]
        : S extends { readonly choices: readonly (infer C)[] }
          ? C | undefined
          : string | undefined;

/** What a task reads: booleans are false and lists empty where the user said nothing, all else is `undefined`. */
export type FlagValues<F extends FlagSpecs> = { readonly [N in keyof F]: ValueOf<F[N]> };

/** A positional argument. Their order in the record is their order on the command line. */
export interface ArgSpec {
  readonly summary: string;
  readonly required?: boolean;
  /** Takes all words that are left; only the last may. */
  readonly variadic?: boolean;
  readonly choices?: readonly string[];
  readonly complete?: CompletionSource;
}

export type ArgSpecs = Readonly<Record<string, ArgSpec>>;

type ArgValueOf<S extends ArgSpec> = S extends { readonly variadic: true }
  ? readonly string[]
  : S extends { readonly required: true }
    ? string
    : string | undefined;

export type ArgValues<A extends ArgSpecs> = { readonly [N in keyof A]: ArgValueOf<A[N]> };
