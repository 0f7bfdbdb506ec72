/** What became of a file. */
export interface Change {
  /** Relative to the project root. */
  readonly path: string;
  readonly kind: "added" | "changed" | "deleted";
}

/** Why a run starts: `src/a.py changed`, `a.py added, b.py deleted and 3 more`. */
export function describeChanges(changes: readonly Change[]): string {
  const shown = changes.slice(0, 2).map(({ path, kind }) => `${path} ${kind}`);
  const more = changes.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
