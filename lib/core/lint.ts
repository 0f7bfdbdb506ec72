import type { FileKind } from "./file-kind.ts";
import type { FlagSpecs } from "./flag.ts";
import { findingFormats } from "./reporter.ts";
import type { Shard } from "./shard.ts";

/** Which files a lint or format task looks at, and what it does about what it finds. */
export interface LintRequest {
  /** As typed, relative to where the user stands; empty for the whole project. */
  readonly paths: readonly string[];
  /** Only what is about to be committed, as it is in the index. */
  readonly staged: boolean;
  /** Only files changed since the merge base with this revision. */
  readonly since: string | undefined;
  /** Only this part of the files, so that several machines share a run; all of them where it is not given. */
  readonly shard?: Shard | undefined;
  /** Mends what can be mended, then checks what is left. */
  readonly fix: boolean;
  /** Only findings on changed lines. */
  readonly new: boolean;
  /** Only these tools; empty for all. */
  readonly tools: readonly string[];
  /** A tool that is not to be had fails the task. `undefined` leaves it to the config. */
  readonly strict: boolean | undefined;
}

export interface FormatRequest extends Pick<LintRequest, "paths" | "staged" | "since" | "shard" | "strict"> {
  readonly kinds: readonly FileKind[];
  /** `check` only says what `write` would change. */
  readonly mode: "check" | "write";
  /** Shows the changes line by line. */
  readonly diff: boolean;
}

const fileFlags = {
  staged: { type: "boolean", summary: "Only what is staged, as it is in the index" },
  since: { type: "text", value: "REF", summary: "Only files changed since the merge base with REF" },
  shard: {
    type: "text",
    form: "shard",
    value: "I/N",
    summary: "Only part I of N of the files: N machines share a run",
  },
  strict: { type: "boolean", summary: "Fail where a tool is not to be had (always so in CI)" },
  format: { type: "text", value: "FORMAT", choices: findingFormats, summary: "In which form findings are printed" },
} as const satisfies FlagSpecs;

export const lintFlags = {
  fix: { type: "boolean", summary: "Mend what can be mended, then check what is left" },
  ...fileFlags,
  new: { type: "boolean", summary: "Only findings on lines changed since --since REF, else the upstream, else main" },
  tool: { type: "list", short: "t", value: "TOOL,…", complete: "tool", summary: "Only these tools" },
} as const satisfies FlagSpecs;

export const formatFlags = { ...fileFlags } as const satisfies FlagSpecs;

export const formatCheckFlags = {
  ...fileFlags,
  diff: { type: "boolean", summary: "Show what would change, line by line" },
} as const satisfies FlagSpecs;
