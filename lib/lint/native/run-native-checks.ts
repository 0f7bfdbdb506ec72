import type { Finding } from "../../core/finding.ts";
import type { Problem } from "../../core/problem.ts";
import { fileProblem } from "../../host/file-problem.ts";
import { inspect, readRegularFile } from "../../host/inspect.ts";
import { followLink } from "../../host/link.ts";
import { withoutLinks } from "../../host/locate.ts";
import type { FileEntry } from "../classify.ts";
import { judgeLink } from "./broken-symlink.ts";
import { caseClashes } from "./case-clash.ts";
import { checkFile, checkSize, readsContent } from "./check-file.ts";
import type { NativeOptions } from "./rule.ts";

export interface NativeResult {
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

/** Larger files are not read to look at their line ends: they would fill the memory. */
const maxReadBytes = 32_000_000;

/** Between two of these the event loop has its turn, so that a signal is never kept waiting. */
const slice = 64;

/**
 * All native checks over all entries, `parallelism` files at a time. `readFile` takes a path relative to `root`
 * (absolute). A file that cannot be read is a problem, and the rest goes on.
 */
export async function runNativeChecks(
  root: string,
  entries: readonly FileEntry[],
  options: NativeOptions,
  readFile: (path: string) => Uint8Array | Promise<Uint8Array> = (path) => readRegularFile(`${root}/${path}`),
  parallelism = 8
): Promise<NativeResult> {
  const findings: Finding[] = [];
  const problems: Problem[] = [];
  const base = withoutLinks(root);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (
      let entry = entries[next++];
      entry !== undefined && options.signal?.aborted !== true;
      entry = entries[next++]
    ) {
      if (next % slice === 0) {
        await new Promise(setImmediate);
      }
      try {
        for (const finding of await checkEntry(entry, base, options, readFile)) {
          findings.push(finding);
        }
      } catch (error) {
        problems.push(fileProblem(entry.path, "not checked", error));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, parallelism) }, worker));
  if (!options.disabled.includes("case-clash")) {
    const own = entries.map(({ path }) => path);
    for (const finding of caseClashes(options.everything ?? own, new Set(own), options)) {
      findings.push(finding);
    }
  }
  return { findings, problems };
}

/** Where links lead, of which nothing but their paths is known. `root` is absolute. */
export function judgeLinks(root: string, paths: readonly string[]): readonly Finding[] {
  const base = withoutLinks(root);
  return paths.flatMap((path) => judgeLink(path, followLink(`${base}/${path}`), base) ?? []);
}

async function checkEntry(
  entry: FileEntry,
  root: string,
  options: NativeOptions,
  readFile: (path: string) => Uint8Array | Promise<Uint8Array>
): Promise<readonly Finding[]> {
  if (entry.mode === "symlink") {
    if (options.disabled.includes("broken-symlink")) {
      return [];
    }
    const finding = judgeLink(entry.path, followLink(`${root}/${entry.path}`), root);
    return finding === undefined ? [] : [finding];
  }
  if (entry.generated || options.isKnown?.(entry.path) === true) {
    return [];
  }
  const size = entry.size ?? inspect(`${root}/${entry.path}`).size;
  if (entry.binary || size > Math.max(maxReadBytes, options.maxBytes) || !readsContent(options)) {
    return checkSize(entry, size, options);
  }
  return checkFile(entry, await readFile(entry.path), options);
}
