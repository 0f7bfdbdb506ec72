import { mkdir, open, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { readFileSync, rmSync } from "node:fs";

/** Between two looks at a lock that another process holds, in milliseconds. */
const pollMs = 50;

/**
 * Holds a lock against other `k` processes: a file per holder in `folder`, created only where none stands that excludes it.
 * A holder that died is found out by its process number and start time. Resolves with its release, or `undefined`
 * where the signal aborted first. Where the folder cannot be written there is nothing to guard: it is granted.
 */
export async function machineLock(
  folder: string,
  name: string,
  mode: "exclusive" | "shared",
  signal: AbortSignal
): Promise<(() => void) | undefined> {
  const place = join(folder, name.replaceAll(/[^\w-]/g, "_"));
  try {
    await mkdir(place, { recursive: true });
  } catch {
    return () => {};
  }
  const own = join(place, `${mode}-${process.pid}-${startTime(process.pid)}`);
  while (!signal.aborted) {
    // Announce first, then look: of two that announce at once each sees the other and withdraws, to try again a random while later.
    await (await open(own, "w")).close();
    const others = (await readdir(place)).map((file) => join(place, file)).filter((file) => file !== own);
    const alive = others.filter((file) => isAlive(file));
    await Promise.all(others.filter((file) => !alive.includes(file)).map((file) => rm(file, { force: true })));
    const against = alive.filter((file) => mode === "exclusive" || file.includes(`${place}/exclusive-`));
    if (against.length === 0) {
      return () => remove(own);
    }
    await rm(own, { force: true });
    await Bun.sleep(pollMs + Math.random() * pollMs);
  }
  return undefined;
}

/** At once: the next holder may be this process, whose file has the same name. */
function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The folder can no longer be written: it counts for nothing once this process is gone.
  }
}

function isAlive(file: string): boolean {
  const [pid, start] = file
    .slice(file.lastIndexOf("/") + 1)
    .split("-")
    .slice(1);
  return pid !== undefined && start !== undefined && startTime(Number(pid)) === start;
}

/** When a process began, in clock ticks since boot (proc(5), field 22): with its number it names one process for good. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "0";
  } catch {
    try {
      process.kill(pid, 0);
      return "0";
    } catch {
      return "gone";
    }
  }
}
