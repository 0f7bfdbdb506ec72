import { readdirSync } from "node:fs";
import { join } from "node:path";
import { built } from "../../host/built/facts.ts";
import { statLine } from "../../host/stat-line.ts";
import { digestOf } from "../../cache/digest.ts";

let known: string | undefined;

/**
 * What stands for `k` itself: its parsers, its own checks and the libraries of the lockfile. A built `k` carries a
 * fingerprint; from source all files count whose code decides what is found. `home` is absolute.
 */
export function ownBuild(home: string): string {
  known ??= digestOf([Bun.version, ...(built === undefined ? sourceStats(home) : [built.fingerprint])]);
  return known;
}

const folders = ["lib/lint", "lib/tools"];

function sourceStats(home: string): readonly string[] {
  const files = folders.flatMap((folder) =>
    (readdirSync(join(home, folder), { recursive: true }) as string[]).map((name) => `${folder}/${name}`)
  );
  const core = ["columns", "file-kind", "file-list", "finding", "tool"].map((name) => `lib/core/${name}.ts`);
  const more = [...core, "bun.lock", "lib/host/tool-worker.ts", "lib/host/inspect.ts"];
  return [...files.filter((name) => name.endsWith(".ts")), ...more]
    .toSorted()
    .map((name) => `${name} ${statLine(join(home, name))}`);
}
