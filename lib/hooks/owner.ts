import { lstatSync, readFileSync, readlinkSync } from "node:fs";

/** Of a process that this one cannot see, in a container or on another machine, no more is known than its folder's age: in ms. */
const longestRun = 10 * 60 * 1000;

const name = /^run-(\d+)-(\w+)-(\w+)-[\w-]+$/;

/** A name for a run that tells for good whether its process still lives: number, start time, and where both are counted. */
export function newRunName(): string {
  return `run-${process.pid}-${startTime(process.pid)}-${countedIn()}-${randomWord()}`;
}

/** `node:crypto` alone would take seven milliseconds to load. */
function randomWord(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString("hex");
}

export function isRunName(text: string): boolean {
  return name.test(text);
}

/** The number of the process that works in this run folder; undefined where it is dead. */
export function liveOwner(folder: string, text: string): number | undefined {
  const [, pid = "", start = "", where = ""] = name.exec(text) ?? [];
  const lives = where === countedIn() ? startTime(Number(pid)) === start : isRecent(folder);
  return lives ? Number(pid) : undefined;
}

/** Clock ticks since boot (proc(5), field 22); 0 where the system does not say it, `gone` for no process. */
function startTime(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // In a container often nobody collects the dead.
    return state === "Z" || state === "X" ? "gone" : (fields[18] ?? "0");
  } catch {
    return process.platform !== "linux" && isThere(pid) ? "0" : "gone";
  }
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

let where: string | undefined;

/** The boot and the PID namespace: a container has numbers of its own, and after a boot all begin anew. */
function countedIn(): string {
  where ??=
    read(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8)) +
    read(() => readlinkSync("/proc/self/ns/pid").replaceAll(/\D/g, ""));
  return where;
}

function read(source: () => string): string {
  try {
    return source();
  } catch {
    return "0";
  }
}

function isRecent(folder: string): boolean {
  try {
    const { mtimeMs } = lstatSync(folder);
    // Not at the top: to load it takes a third of a millisecond, and hardly any run finds another one that it cannot see.
    const { uptime } = process.getBuiltinModule("node:os");
    return mtimeMs > Math.max(Date.now() - longestRun, Date.now() - uptime() * 1000);
  } catch {
    return false;
  }
}
