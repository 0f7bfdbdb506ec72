import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { evaluateFile } from "../nix/evaluate.ts";
import { ExampleProject, fillOutputs, hasOutputs } from "./doc-output.ts";
import { type GeneratedFile, generatedFiles } from "./generated.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";

/** The generated files that are not as the code would write them; written if `write` says so. Paths are relative to `k`'s home. */
export async function generateFiles(
  { home, catalog }: Pick<Opened, "home" | "catalog">,
  { env }: Pick<Io, "env">,
  write: boolean
): Promise<readonly string[]> {
  const stale: string[] = [];
  const evaluate = (path: string): Promise<string | undefined> => evaluateFile(join(home, path), env);
  await using example = await ExampleProject.make(home, env);
  for (const { path, make } of [...generatedFiles, ...(await pagesWithOutputs(home, example))]) {
    const file = join(home, path);
    const before = await readFile(file, "utf8").catch(() => undefined);
    const after = await make({ tasks: catalog.all(), before: before ?? "", evaluate });
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

/** The pages that show what commands print. */
async function pagesWithOutputs(home: string, example: ExampleProject): Promise<readonly GeneratedFile[]> {
  const pages: GeneratedFile[] = [];
  for (const path of [...new Bun.Glob("docs/*.md").scanSync(home)].toSorted()) {
    if (hasOutputs(await readFile(join(home, path), "utf8"))) {
      pages.push({ path, make: ({ before }) => fillOutputs(before, (command) => example.k(command)) });
    }
  }
  return pages;
}
