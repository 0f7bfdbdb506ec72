/** What the build writes down in a binary: it puts a text of its own in the place of this file, and of the others beside it. */
export interface BuiltFacts {
  /** `k`'s home, absolute or relative to the folder of the binary. */
  readonly home: string;
  /** The content of all that it was made from, as `lib/build` says it. */
  readonly fingerprint: string;
  /** What that was; left out in a package, whose sources never change. */
  readonly sources?: readonly BuiltPart[];
}

/** Where a binary looks at its sources: when it starts, and before it goes on to the command line, to a hook of git, to a run. */
export type Gate = "start" | "command" | "hook" | "run";

export interface BuiltPart {
  /** Who looks at these; each only at those that none did before. */
  readonly gates: readonly Gate[];
  /** Below `k`'s home, a line each: to load a thousand texts takes longer than to cut one. */
  readonly paths: string;
}

export const built: BuiltFacts | undefined = undefined;
