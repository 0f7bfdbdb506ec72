import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const memory = "/dev/shm";
let found: string | undefined;

/**
 * Where tests that make hundreds of repositories make them: in memory, where the machine has that and hooks may be
 * executed there. `K_TEST_FOLDER` names another place, such as one on a disk.
 */
export function fastFolder(): string {
  found ??= process.env["K_TEST_FOLDER"] ?? (mayExecuteIn(memory) ? memory : tmpdir());
  return found;
}

function mayExecuteIn(folder: string): boolean {
  if (!existsSync(folder)) {
    return false;
  }
  const own = mkdtempSync(join(folder, "k-test-"));
  try {
    const script = join(own, "script");
    writeFileSync(script, "#!/bin/sh\n", { mode: 0o755 });
    return Bun.spawnSync([script]).exitCode === 0;
  } catch {
    return false;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
