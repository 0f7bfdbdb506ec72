import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { generatedFiles } from "./generated.ts";
import type { Opened } from "./open-project.ts";

/** The generated files that are not as the code would write them; written if `write` says so. Paths are relative to `k`'s home. */
export async function generateFiles(
  { home, catalog }: Pick<Opened, "home" | "catalog">,
  write: boolean
): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const { path, make } of generatedFiles) {
    const file = join(home, path);
    const before = await readFile(file, "utf8").catch(() => undefined);
    const after = await make({ tasks: catalog.all(), before: before ?? "" });
    if (after === before) {
      continue;
    }
    stale.push(path);
    if (!write) {
      continue;
    }
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, after);
  }
  return stale;
}
