import { readFileSync } from "node:fs";

/** Names one process for good: a number alone is given again. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In clock ticks since boot (proc(5), field 22); `0` where the system does not tell. */
  readonly start: string;
  /** Of the system's current run, so that nothing from before a reboot is believed. */
  readonly boot: string;
}

export function identify(pid: number): ProcessIdentity | undefined {
  const start = startOf(pid);
  return start === undefined ? undefined : { pid, start, boot: bootId() };
}

/** Whether that very process still runs. */
export function isAlive({ pid, start, boot }: ProcessIdentity): boolean {
  return boot === bootId() && startOf(pid) === start;
}

function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? undefined : fields[18];
  } catch {
    return process.platform !== "linux" && isThere(pid) ? "0" : undefined;
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function bootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}
