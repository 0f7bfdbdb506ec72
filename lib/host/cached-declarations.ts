import type { Declared } from "./declaration.ts";

/**
 * What `DeclarationCache` has of a folder (absolute) of task files, by path below it; undefined where a file came, went or
 * changed since. It takes Bun's own files, for `node:fs` would cost more than all of it, and does not look at what k itself
 * is made of: after k is changed, completion may show what was, until k is run again.
 */
export async function cachedDeclarations(
  cacheFolder: string,
  folder: string
): Promise<Readonly<Record<string, Declared>> | undefined> {
  try {
    const stored = (await Bun.file(
      `${cacheFolder}/tasks/${Bun.hash(folder).toString(16)}-source.json`
    ).json()) as Stored;
    if (stored.folder !== folder || !stored.base.startsWith(`source ${Bun.version} `)) {
      return undefined;
    }
    const found: Record<string, Declared> = {};
    for (const path of taskFilesIn(folder)) {
      const entry = stored.entries[path];
      if (entry === undefined || !isAsBefore(`${folder}/${path}`, entry.stat)) {
        return undefined;
      }
      found[path] = entry.declared;
    }
    return found;
  } catch {
    return undefined;
  }
}

interface Stored {
  readonly folder: string;
  readonly base: string;
  readonly entries: Readonly<Record<string, { readonly stat: string; readonly declared: Declared }>>;
}

/** As discovery takes them. */
function taskFilesIn(folder: string): readonly string[] {
  const files = new Bun.Glob("**/*.ts").scanSync({ cwd: folder });
  return [...files].filter((path) => !path.endsWith(".test.ts") && !/(^|\/)[._]/.test(path));
}

function isAsBefore(file: string, stat: string): boolean {
  const [size, mtime] = stat.split(" ").map(Number);
  const { lastModified, size: now } = Bun.file(file);
  return now === size && mtime !== undefined && lastModified === Math.trunc(mtime);
}
