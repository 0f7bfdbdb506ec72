import { readdirSync, readFileSync } from "node:fs";

/** A text that no other process of the machine bears. */
export function newMarker(): string {
  return `marker-${crypto.randomUUID()}`;
}

/** The command lines of the processes that bear the marker in their environment or among their arguments. Linux only. */
export function bearersOf(marker: string): readonly string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => read(`/proc/${pid}/environ`).includes(marker) || read(`/proc/${pid}/cmdline`).includes(marker))
    .map((pid) => `${pid} ${read(`/proc/${pid}/cmdline`).replaceAll("\0", " ")}`);
}

/** Waits until nobody bears the marker, and returns who still does when the time is up. */
export async function survivorsAfter(marker: string, milliseconds: number): Promise<readonly string[]> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const bearers = bearersOf(marker);
    if (bearers.length === 0 || performance.now() > deadline) {
      return bearers;
    }
    await Bun.sleep(20);
  }
}

/** For the end of a test that may have failed: kills whoever bears the marker. */
export function killBearers(marker: string): void {
  for (const line of bearersOf(marker)) {
    try {
      process.kill(Number.parseInt(line, 10), "SIGKILL");
    } catch {
      // gone by now
    }
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
