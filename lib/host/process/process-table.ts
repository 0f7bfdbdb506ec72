import { readdirSync, readFileSync } from "node:fs";

/** One line of the machine's process table; the dead that nobody collected yet are left out. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** All processes that can be seen: from `/proc`, or, where there is none, from `ps`. */
export function readProcessTable(): readonly ProcessRow[] {
  return process.platform === "linux" ? processesOfProc() : processesOfPs();
}

function processesOfProc(): readonly ProcessRow[] {
  const rows: ProcessRow[] = [];
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) {
      continue;
    }
    const stat = readQuietly(`/proc/${name}/stat`);
    // proc(5): "pid (name) state ppid pgrp …", and the name may hold blanks and brackets
    const [state, parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ", 3);
    if (state === undefined || state === "Z" || state === "X" || group === undefined) {
      continue;
    }
    rows.push({ pid: Number(name), parent: Number(parent), group: Number(group) });
  }
  return rows;
}

/** As POSIX has it; also the way on macOS. */
export function processesOfPs(): readonly ProcessRow[] {
  const { stdout } = Bun.spawnSync(["ps", "-A", "-o", "pid=,ppid=,pgid=,state="], { stderr: "ignore" });
  const rows: ProcessRow[] = [];
  for (const line of stdout.toString().split("\n")) {
    const [pid, parent, group, state] = line.trim().split(/\s+/);
    if (state === undefined || state.startsWith("Z")) {
      continue;
    }
    rows.push({ pid: Number(pid), parent: Number(parent), group: Number(group) });
  }
  return rows;
}

/** The processes that were started with one of these texts in their environment. Only Linux can tell. */
export function withEnvironment(rows: readonly ProcessRow[], texts: readonly string[]): readonly ProcessRow[] {
  if (texts.length === 0) {
    return [];
  }
  const empty: ProcessRow[] = [];
  const bears = (row: ProcessRow, isLast: boolean): boolean => {
    const environment = readQuietly(`/proc/${row.pid}/environ`);
    if (environment === "" && !isLast) {
      empty.push(row);
    }
    return texts.some((text) => environment.includes(text));
  };
  const found = rows.filter((row) => bears(row, false));
  // for a moment, a process that is becoming another program has no environment: it gets a second look
  return [...found, ...empty.filter((row) => bears(row, true))];
}

/** The children of this process, or undefined where the kernel does not list them. */
export function ownChildren(): readonly number[] | undefined {
  try {
    const lists = readdirSync("/proc/self/task").map((task) =>
      readFileSync(`/proc/self/task/${task}/children`, "latin1")
    );
    return lists
      .join(" ")
      .split(" ")
      .filter((pid) => pid !== "")
      .map(Number);
  } catch {
    return undefined;
  }
}

/** Empty for a process that is gone or not ours to read. */
function readQuietly(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
