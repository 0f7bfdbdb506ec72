// `./k` in a clone that nobody may write.
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { appendFileSync, chmodSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Clone, clone, withBun } from "../support/clone.ts";
import { call, installed, type Launched, noPath, outcome, warm } from "../support/launch.ts";
import type { StartOptions } from "../support/launch-process.ts";

setDefaultTimeout(120_000);

describe("a clone that cannot be written", () => {
  /** Root may write everywhere but on a file system that is read-only. */
  const isRoot = process.getuid?.() === 0;
  const canMount =
    isRoot &&
    Bun.which("unshare") !== null &&
    Bun.spawnSync(["unshare", "-m", "mount", "--bind", "/tmp", "/tmp"], { stderr: "ignore" }).exitCode === 0;

  async function readOnly(copy: Clone, options: StartOptions): Promise<Launched> {
    if (canMount) {
      const script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && PATH=$1 exec "$0/k" "a b"';
      return outcome(
        await copy.run(["unshare", "-m", "sh", "-c", script, copy.root, options.env?.PATH ?? ""], { cwd: "/" })
      );
    }
    const state = [copy.at("node_modules/.k"), join(copy.known("bun"), "..")];
    const folders = [copy.root, copy.at("node_modules"), ...state].filter((folder) => existsSync(folder));
    for (const folder of folders) {
      chmodSync(folder, 0o555);
    }
    const launched = await call(copy, options);
    for (const folder of folders) {
      chmodSync(folder, 0o755);
    }
    return launched;
  }

  test.skipIf(isRoot && !canMount)("works as it is (skipped for a root that may not mount)", async () => {
    await using copy = await installed();
    expect(await readOnly(copy, noPath)).toEqual(warm);
    await copy.run(["touch", copy.at("bun.lock")]);
    expect(await readOnly(copy, copy.bunOnly)).toEqual(warm);
    appendFileSync(copy.at("bun.lock"), "// changed\n");
    const stale = `k: bun.lock has changed, and ${copy.at("node_modules")} cannot be written: using it as it is\n`;
    expect(await readOnly(copy, copy.bunOnly)).toEqual({ ...warm, stderr: stale });
    rmSync(copy.at("node_modules/.k"), { recursive: true });
    expect(await readOnly(copy, copy.bunOnly)).toEqual(warm);
  });

  test.skipIf(isRoot && !canMount)(
    "says so where nothing is installed (skipped for a root that may not mount)",
    async () => {
      await using copy = await clone({ small: true });
      expect(await readOnly(copy, { env: { PATH: copy.path(withBun) } })).toEqual({
        exitCode: 3,
        ran: false,
        stderr: `error: k is not installed, and ${copy.root} cannot be written\nhint: run k once as one who may write there\n`,
      });
    }
  );
});
