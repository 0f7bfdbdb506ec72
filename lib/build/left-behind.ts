import { readdirSync, rmSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Where a build puts its binary until it is whole. */
export function unfinished(out: string): string {
  return `${out}.${process.pid}`;
}

/** No build takes so long, in milliseconds. */
const longest = 3_600_000;

/** Takes away what builds of the same binary left that were killed: each is as large as the binary. */
export function removeLeftBehind(out: string): void {
  const [folder, name] = [dirname(out), basename(out)];
  for (const entry of readdirSync(folder)) {
    // Bun's own, which does not say whose it is.
    if (/^\.\w+-\d+\.bun-build$/.test(entry) && statSync(join(folder, entry)).mtimeMs < Date.now() - longest) {
      rmSync(join(folder, entry), { force: true });
    }
    const pid = entry.startsWith(`${name}.`)
      ? /^(\d+)(?:\.sources)?$/.exec(entry.slice(name.length + 1))?.[1]
      : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) {
      rmSync(join(folder, entry), { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
