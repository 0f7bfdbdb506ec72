/** What the build writes down in a binary: it puts a text of its own in the place of this file, and of the others beside it. */
export interface BuiltFacts {
  /** `k`'s home, absolute or relative to the folder of the binary. */
  readonly home: string;
  /** The content of all that it was made from, as `lib/build` says it. */
  readonly fingerprint: string;
  /** What that was, by paths below `k`'s home; left out in a package, whose sources never change. */
  readonly sources?: BuiltSources;
}

/** Paths, a line each: to load a thousand texts takes longer than to cut one. */
export interface BuiltSources {
  /** What is looked at when it starts. */
  readonly light: string;
  /** What is looked at before it does anything. */
  readonly rest: string;
}

export const built: BuiltFacts | undefined = undefined;
