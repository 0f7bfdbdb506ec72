import { readFileSync, readlinkSync } from "node:fs";

/** Who writes a run: process number, start time, and where both are counted (boot and PID namespace). */
export function ownMark(): string {
  return `${process.pid} ${startTime(process.pid)} ${countedIn()}`;
}

/** Whether the process that wrote a mark still lives. One that cannot be seen from here counts as dead. */
export function isAlive(mark: string): boolean {
  const [pid = "", start = "", where = ""] = mark.split(" ");
  return where === countedIn() && startTime(Number(pid)) === start;
}

/** Clock ticks since boot (proc(5), field 22), `0` where the system does not say it, `gone` for no process. */
function startTime(pid: number): string {
  const stat = tryTo(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  if (stat !== undefined) {
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? "gone" : (fields[18] ?? "0");
  }
  // Signal 0 only asks (kill(2)).
  return process.platform !== "linux" && tryTo(() => process.kill(pid, 0)) === true ? "0" : "gone";
}

function countedIn(): string {
  const boot = tryTo(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8)) ?? "0";
  return boot + (tryTo(() => readlinkSync("/proc/self/ns/pid").replaceAll(/\D/g, "")) ?? "0");
}

function tryTo<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
