import type { Kind } from "../results.ts";
import type { Command } from "../process.ts";
import type { Repository } from "../repository.ts";
import type { Linter } from "./linters.ts";

/** One way to have the linters look at all files of a project. */
export interface LintRun {
  readonly name: string;
  readonly kind: Kind;
  readonly env: Readonly<Record<string, string>>;
  files(linters: readonly Linter[]): Readonly<Record<string, string>>;
  prepare(repository: Repository): void;
  /** Whatever a run before this one left is not to be used. */
  cold(linters: readonly Linter[]): Command["argv"];
  /** Takes away what it keeps between runs. */
  forget?(repository: Repository): void;
  /** Undefined where it keeps nothing: its second run is like its first. */
  warm(linters: readonly Linter[]): Command["argv"] | undefined;
}

/** A shell's line that has a linter look at its files, on that many cores. Large enough calls that start-up does not count. */
export function byHandLine({ argv, endings }: Linter, cores: number): string {
  const globs = endings.map((ending) => `'*.${ending}'`).join(" ");
  const command = argv.map((word) => `'${word}'`).join(" ");
  const share = `$(( ($(git ls-files -- ${globs} | wc -l) + ${cores - 1}) / ${cores} ))`;
  return `git ls-files -z -- ${globs} | xargs -0 -r -P ${cores} -n ${share} ${command}`;
}

export function quoted({ argv }: Linter): string {
  return argv.join(" ");
}
