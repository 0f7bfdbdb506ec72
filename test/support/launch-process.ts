import type { Ran } from "./sandbox.ts";

export interface StartOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** A process that runs, and all that it has said so far. */
export interface Started {
  readonly pid: number;
  /** Only the process itself. */
  kill(signal: NodeJS.Signals): void;
  /** What is left of it and of all that it started, at once. */
  killAll(): void;
  /** Resolves when a text has shown on an output. */
  says(text: string): Promise<void>;
  readonly ended: Promise<Ran>;
}

/** Starts a process in a group of its own. */
export function startProcess(argv: readonly string[], { cwd, env }: Required<StartOptions>): Started {
  const child = Bun.spawn([...argv], {
    cwd,
    env: env as Record<string, string>,
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    detached: true,
  });
  const said = { stdout: "", stderr: "" };
  const waiting = new Set<() => void>();
  const collect = async (name: keyof typeof said): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of child[name]) {
      said[name] += decoder.decode(chunk, { stream: true });
      for (const look of waiting) {
        look();
      }
    }
  };
  const ended = Promise.all([child.exited, collect("stdout"), collect("stderr")]).then(([exitCode]) => ({
    exitCode,
    ...said,
  }));
  return {
    pid: child.pid,
    kill: (signal) => child.kill(signal),
    killAll() {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // Nothing of it is left.
      }
    },
    ended,
    async says(text) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const look = (): void => void ((said.stdout + said.stderr).includes(text) && resolve());
      waiting.add(look);
      look();
      void ended.then((ran) => reject(new Error(`it ended without ${JSON.stringify(text)}: ${JSON.stringify(ran)}`)));
      await promise.finally(() => waiting.delete(look));
    },
  };
}
