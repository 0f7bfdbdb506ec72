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

/** The environment of a child, with the mark, or with none at all: Bun leaves out what is undefined. */
export function markedEnv(
  env: Readonly<Record<string, string | undefined>>,
  mark: string | undefined
): Record<string, string | undefined> {
  const outer = env[markVariable];
  return { ...env, [markVariable]: mark === undefined || outer === undefined ? mark : `${outer},${mark}` };
}
