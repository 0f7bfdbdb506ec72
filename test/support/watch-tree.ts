import { readdirSync, readFileSync } from "node:fs";

export interface TreeUse {
  /** Of a process and all below it, at the same moment, in bytes: the most that was seen. */
  readonly peakBytes: number;
  /** Running children at the same moment: the most that was seen. */
  readonly mostAtOnce: number;
}

/** Looks at a process and all below it again and again until it ends. Linux only: it reads /proc. */
export async function watchTree(pid: number, ended: Promise<unknown>): Promise<TreeUse> {
  let peakBytes = 0;
  let mostAtOnce = 0;
  let isOver = false;
  void ended.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const tree = treeOf(pid);
    peakBytes = Math.max(
      peakBytes,
      tree.reduce((sum, { bytes }) => sum + bytes, 0)
    );
    mostAtOnce = Math.max(mostAtOnce, tree.filter((each) => each.pid !== pid && each.isBusy).length);
    await Promise.race([Bun.sleep(40), ended]);
  }
  return { peakBytes, mostAtOnce };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly bytes: number;
  /** On a processor, or waiting for the disk. */
  readonly isBusy: boolean;
}

function treeOf(root: number): readonly Process[] {
  const all = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (processOf(Number(name)) ?? []) : []));
  const inside = new Set([root]);
  // A child has a higher number than its parent but where numbers began anew: a few rounds find all.
  for (let round = 0; round < 4; round += 1) {
    for (const { pid, parent } of all) {
      if (inside.has(parent)) {
        inside.add(pid);
      }
    }
  }
  return all.filter(({ pid }) => inside.has(pid));
}

/** Proportional memory: what processes share (Bun's own code, above all) counts once. */
function processOf(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state = "", parent = "0"] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    const kilobytes = Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    return { pid, parent: Number(parent), bytes: kilobytes * 1024, isBusy: state === "R" || state === "D" };
  } catch {
    return undefined;
  }
}
