import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import type { Sandbox } from "../support/sandbox.ts";

/** A folder that is all of PATH: links to these programs of the machine, and scripts in place of others. */
export async function pathOf(
  box: Sandbox,
  links: readonly string[],
  scripts: Readonly<Record<string, string>> = {}
): Promise<string> {
  const folder = join(box.root, "..", `bin-${crypto.randomUUID()}`);
  mkdirSync(folder);
  for (const name of links) {
    const target = Bun.which(name);
    if (target === null) {
      throw new Error(`${name} is needed for this test`);
    }
    symlinkSync(target, join(folder, name));
  }
  for (const [name, script] of Object.entries(scripts)) {
    const path = join(folder, name);
    await Bun.write(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }
  return folder;
}
