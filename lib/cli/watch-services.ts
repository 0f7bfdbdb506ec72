import { join } from "node:path";
import type { WatchCall } from "../core/services.ts";
import type { TaskContext } from "../core/task.ts";
import { bunScript } from "../host/bun.ts";
import { globTest } from "../lint/select.ts";
import { ChangeFeed } from "../watch/change-feed.ts";
import { oneLine } from "../render/printable.ts";
import { watch } from "../watch/watch.ts";
import { isLive } from "./io.ts";
import type { Wiring } from "./wiring.ts";

/** `k watch`: runs a command of `k` again and again, until the signal of the task aborts. */
export async function watchCommand(
  call: WatchCall,
  wiring: Wiring,
  { signal, print }: Pick<TaskContext, "signal" | "print">
): Promise<void> {
  const { opened, io } = wiring;
  const say = (text: string): void => io.err(`watch: ${oneLine(text)}\n`);
  const isOnly = call.only.length === 0 ? () => true : globTest(call.only);
  const isIgnored = globTest(call.ignore);
  using feed = await ChangeFeed.open({
    root: opened.project.root,
    git: { env: io.env, signal },
    debounceMs: call.debounceMs,
    isMeant: (path) => isOnly(path) && !isIgnored(path),
  });
  const { files, folders } = feed.counts;
  say(`${files} files in ${folders} folders; Ctrl-C ends it`);
  await watch({
    feed,
    say,
    signal,
    postpone: call.postpone,
    now: () => performance.now(),
    run: (stop) => runOnce(call, wiring, stop, print),
    onRun() {
      if (call.clear && isLive(io)) {
        io.err("\u001b[2J\u001b[3J\u001b[H");
      }
    },
  });
}

/** The command as a `k` of its own, which ends its processes itself; it gets a terminal where we have one. */
async function runOnce(
  { command }: WatchCall,
  { opened, io, spawner }: Wiring,
  signal: AbortSignal,
  print: (text: string) => void
): Promise<number> {
  const { argv, env } = bunScript(join(opened.home, "bin/k"));
  const outcome = await spawner.run({
    argv: [...argv, ...command],
    // Its own -C is relative to where the user stands; one that stood before it is in `opened` already.
    cwd: command.some((word) => /^(-C|--cwd)/.test(word)) ? io.cwd() : opened.cwd,
    env: { ...io.env, ...env, NODE_ENV: io.env["NODE_ENV"] },
    signal,
    capture: false,
    onOutput: (stream, text) => (stream === "stdout" ? print(text) : io.err(text)),
    ...(isLive(io) ? { terminal: { columns: io.columns(), rows: io.rows() } } : {}),
  });
  return outcome.spawnError === undefined ? outcome.exitCode : 127;
}
