/**
 * The variable by which everything that a process starts is found again, even what left its process group and lost its parent.
 * A `k` that runs below another one adds its own mark behind the outer one, so that both find it.
 */
export const markVariable = "K_RUN_ID";

/** A text that stands in no environment but those of one spawner's processes. */
export function newRunMark(): string {
  return `${crypto.randomUUID().replaceAll("-", "").slice(0, 20)}.`;
}

/** The mark of one process of a run; it ends in a dot, so that 1 is not found in 12. */
export function childMark(run: string, count: number): string {
  return `${run}${count}.`;
}

/** The environment of a child: without what is undefined, and with the mark, or with none at all. */
export function markedEnv(
  env: Readonly<Record<string, string | undefined>>,
  mark: string | undefined
): Record<string, string> {
  const marked: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && name !== markVariable) {
      marked[name] = value;
    }
  }
  const outer = env[markVariable];
  if (mark !== undefined) {
    marked[markVariable] = outer === undefined ? mark : `${outer},${mark}`;
  }
  return marked;
}
