/** A program as it is to be run. */
export interface Command {
  readonly argv: readonly [string, ...string[]];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** 0 where it is not given. */
  readonly exitCode?: number;
}

export interface Timed {
  /** From just before the start to just after the end, in milliseconds. */
  readonly wall: number;
  /** Of it and all that it waited for, in milliseconds. */
  readonly cpu: number;
  /** Memory of the biggest process among it and all that it waited for, in bytes, where it was asked for. */
  readonly peak?: number;
}

/** Runs a whole process, its output thrown away. Throws where it ends with another code than it should. */
export function time({ argv, cwd, env, exitCode = 0 }: Command): Timed {
  const began = Bun.nanoseconds();
  const ran = Bun.spawnSync([...argv], { cwd, env, stdin: "ignore", stdout: "ignore", stderr: "ignore" });
  const wall = (Bun.nanoseconds() - began) / 1e6;
  if (ran.exitCode !== exitCode) {
    throw new Error(`${argv.join(" ").slice(0, 200)} ended with ${ran.exitCode}, not ${exitCode}`);
  }
  // In microseconds.
  return { wall, cpu: Number(ran.resourceUsage.cpuTime.total) / 1000 };
}

/**
 * The same with `peak`. GNU time starts it, which adds a millisecond: the kernel counts a child from the memory of the process that
 * starts it, and Bun's own is more than that of most peers.
 */
export function timeWithPeak({ argv, cwd, env, exitCode = 0 }: Command, timeProgram: string): Timed {
  const mark = "peak-kB=";
  const began = Bun.nanoseconds();
  const ran = Bun.spawnSync([timeProgram, "--quiet", "--format", `${mark}%M`, ...argv], {
    cwd,
    env,
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  const wall = (Bun.nanoseconds() - began) / 1e6;
  const found = new RegExp(`${mark}(\\d+)\\n$`).exec(ran.stderr.toString())?.[1];
  if (found === undefined || ran.exitCode !== exitCode) {
    throw new Error(
      `${argv.join(" ").slice(0, 200)} ended with ${ran.exitCode}: ${ran.stderr.toString().slice(-2000)}`
    );
  }
  return { wall, cpu: Number(ran.resourceUsage.cpuTime.total) / 1000, peak: Number(found) * 1024 };
}

/** Runs what prepares a measurement; its output is the answer. Throws with what it said where it fails. */
export function call(command: Command): string {
  const { argv, cwd, env, exitCode = 0 } = command;
  const ran = Bun.spawnSync([...argv], { cwd, env, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
  if (ran.exitCode !== exitCode) {
    const said = `${ran.stdout.toString()}${ran.stderr.toString()}`.slice(-2000);
    throw new Error(`${argv.join(" ").slice(0, 200)} ended with ${ran.exitCode}: ${said}`);
  }
  return ran.stdout.toString();
}
