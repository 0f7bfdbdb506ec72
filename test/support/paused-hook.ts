import { readFile, writeFile } from "node:fs/promises";
import type { HookedRepository, HookOrders, Ran } from "./hooked-repository.ts";

let count = 0;

/** Runs git up to a point inside of its hook, does something, and lets it go on. No clock holds the order: two FIFOs do. */
export async function whilePaused(
  repository: HookedRepository,
  args: readonly string[],
  orders: HookOrders,
  act: () => void | Promise<void>
): Promise<Ran> {
  count += 1;
  const [ready, go] = ["ready", "go"].map((name) => repository.at(`../${name}-${count}`)) as [string, string];
  Bun.spawnSync(["mkfifo", ready, go]);
  const git = repository.start(args, { pauseAt: "fixed", ...orders, ready, go });
  const output = Promise.all([git.stdout.text(), git.stderr.text()]);
  await readFile(ready);
  await act();
  await writeFile(go, "go");
  const [stdout, stderr] = await output;
  return { exitCode: await git.exited, stdout, stderr };
}
