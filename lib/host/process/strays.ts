import { loadLibc } from "./libc.ts";
import { ownProcesses } from "./own-processes.ts";
import { ownChildren, type ProcessRow, readProcessTable, withEnvironment } from "./process-table.ts";

/** A process that a spawner started. */
export interface Root {
  readonly pid: number;
  /**
   * How far ending it reaches. `group`: its process group, all that descends from it, and all that bears its mark. `tree`: itself
   * and what descends from it, for it shares the group of `k`. `process`: itself alone.
   */
  readonly reach: "group" | "tree" | "process";
  hasExited(): boolean;
}

export interface Search {
  readonly roots: readonly Root[];
  /** Processes that bear one of these marks belong to the roots. */
  readonly marks: readonly string[];
  /** True where every orphan that became a child of `k` belongs to the roots. */
  readonly orphans: boolean;
}

/** The processes that belong to the roots and that a signal to their groups does not reach. */
export function findStrays({ roots, marks, orphans }: Search): readonly number[] {
  const rows = readProcessTable();
  const ownGroup = rows.find((row) => row.pid === process.pid)?.group;
  const groups = new Set(roots.filter((root) => root.reach === "group").map((root) => root.pid));
  const trees = new Set(roots.filter((root) => root.reach !== "process" && !root.hasExited()).map((root) => root.pid));
  const isOrphan = (row: ProcessRow) =>
    row.parent === process.pid && row.group !== ownGroup && !ownProcesses.has(row.pid);
  const seeds = [
    ...rows.filter((row) => groups.has(row.group) || trees.has(row.pid) || (orphans && isOrphan(row))),
    ...withEnvironment(rows, marks),
  ];
  const family = withDescendants(
    rows,
    seeds.filter((row) => row.pid !== process.pid)
  );
  return family.filter((row) => !groups.has(row.group) && !ownProcesses.has(row.pid)).map((row) => row.pid);
}

/**
 * True unless nothing that was started can be left, once all that is known has ended. Cheap where the kernel lists our children: what
 * escaped has become one, for orphans are adopted. Where there are no marks, there is nothing to look for.
 */
export function mayHaveEscaped(): boolean {
  if (process.platform !== "linux") {
    return false;
  }
  const children = loadLibc() === undefined ? undefined : ownChildren();
  return children === undefined || children.some((pid) => !ownProcesses.has(pid));
}

function withDescendants(rows: readonly ProcessRow[], seeds: readonly ProcessRow[]): readonly ProcessRow[] {
  const children = Map.groupBy(rows, (row) => row.parent);
  const family = new Map(seeds.map((row) => [row.pid, row]));
  // a Map walks what is added while it is walked
  for (const pid of family.keys()) {
    for (const child of children.get(pid) ?? []) {
      if (child.pid !== process.pid) {
        family.set(child.pid, child);
      }
    }
  }
  return [...family.values()];
}
