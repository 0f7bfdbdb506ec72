import { type StopSignal, stopSignals } from "../../lib/core/exit-code.ts";
import { installSignalHandlers } from "../../lib/host/process/signals.ts";
import { createSpawner, type SpawnRequest } from "../../lib/host/process/spawner.ts";
import { createShell } from "../../lib/host/process/zx.ts";

/**
 * The process layer as a program: runs the shell scripts that it is given at once, as `k` runs tasks, and stops as `k` does.
 * It is started by tests, which then signal it.
 */
export interface RunnerOptions {
  readonly scripts: readonly string[];
  readonly via: "pipes" | "terminal" | "zx" | "foreground";
  readonly graceMs: number;
}

const { scripts, via, graceMs } = JSON.parse(process.argv[2] ?? "") as RunnerOptions;
const spawner = createSpawner({ graceMs });
let stoppedBy: StopSignal | undefined;
const dispose = installSignalHandlers(spawner, {
  onStop: (signal) => {
    stoppedBy = signal;
    process.stdout.write(`stopping on ${signal}\n`);
  },
  output: [process.stdout, process.stderr],
});
const onOutput = (_stream: string, text: string) => void process.stdout.write(text);
const common = { cwd: process.cwd(), env: process.env, onOutput };
const $ = createShell(spawner, { ...common, signal: new AbortController().signal });

async function runOne(script: string): Promise<number> {
  if (via === "zx") {
    return (await $`eval ${script}`.nothrow()).exitCode ?? 143;
  }
  const request: SpawnRequest = {
    ...common,
    argv: ["/bin/sh", "-c", script],
    capture: false,
    ...(via === "terminal" ? { terminal: { columns: 80, rows: 24 } } : {}),
    foreground: via === "foreground",
  };
  const outcome = await spawner.run(request);
  return outcome.spawnError === undefined ? outcome.exitCode : 127;
}

const codes = await Promise.all(scripts.map(runOne));
await spawner.close();
dispose();
process.exitCode = stoppedBy === undefined ? Math.max(...codes) : stopSignals[stoppedBy];
