import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { ProblemError } from "../core/problem.ts";
import { gitPath, splitNul } from "../git/path-bytes.ts";
import { fileProblem } from "../host/file-problem.ts";
import type { Fix } from "./fix.ts";
import { callGit } from "./git-call.ts";
import { holdIndex } from "./index-file.ts";
import { folderOf, isOdd, nulList, pathBytes, pathText, under } from "./path-text.ts";
import type { Place } from "./place.ts";
import type { IndexRead } from "./read-index.ts";
import { markOf } from "./working-file.ts";

/** An entry of an index. */
export interface Entry {
  readonly path: string;
  /** Octal. */
  readonly mode: string;
  readonly blob: string;
}

/**
 * The scratch index says of the user's working tree what is not true of the folder that stands in for it: nobody watches
 * that one. What must be compared is compared by content.
 */
const settings = [
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "core.checkStat=default",
  "core.trustctime=true",
  "core.safecrlf=false",
  "core.splitIndex=false",
];

/**
 * Puts fixed contents into the object database as `git add` would, with the clean filters and line endings of each path,
 * and says which blobs they are. A copy of the index is used for it, so nothing that anyone sees changes. `folder` gets
 * the contents, each under its path. Rejects with a `ProblemError`.
 */
export async function storeContents(
  place: Place,
  read: IndexRead,
  fixes: ReadonlyMap<string, Fix>,
  { index, folder, scratch }: { readonly index: string; readonly folder: string; readonly scratch: string }
): Promise<ReadonlyMap<string, string>> {
  writeContents(folder, fixes, place.top);
  holdIndex(index, scratch);
  const paths = [...fixes.keys()];
  const call = { index: scratch, worktree: folder, settings };
  // Git would not look at such an entry; written anew it has lost that flag, here only.
  const hidden = paths.filter((path) => read.hidden.assumed.has(path) || read.hidden.skipped.has(path));
  if (hidden.length > 0) {
    await writeEntries(
      place,
      hidden.map((path) => stagedEntry(read, path)),
      call
    );
  }
  await callGit(place, ["update-index", "-z", "--stdin"], { ...call, input: nulList(paths) });
  const entries = await listEntries(place, scratch, paths);
  return new Map(entries.map(({ path, blob }) => [path, blob]));
}

function writeContents(folder: string, fixes: ReadonlyMap<string, Fix>, top: string): void {
  const folders = new Set<string>();
  try {
    mkdirSync(folder, { recursive: true });
    for (const [path, { bytes, mode }] of fixes) {
      mkdirSync(under(folder, folderOf(path)), { recursive: true });
      writeFileSync(under(folder, path), bytes, { mode: mode === "executable" ? 0o755 : 0o644 });
      for (let above = folderOf(path); !folders.has(above); above = folderOf(above)) {
        folders.add(above);
      }
    }
    for (const above of folders) {
      copyAttributes(`${above}/.gitattributes`, top, folder);
    }
  } catch (error) {
    throw new ProblemError(fileProblem(folder, "the fixes are not written", error));
  }
}

/** Git prefers the working tree's attributes to those of the index, and staging by hand went by them too. */
function copyAttributes(path: string, top: string, folder: string): void {
  const [from, to] = [under(top, path), under(folder, path)];
  if (markOf(from) !== undefined && markOf(to) === undefined) {
    copyFileSync(from, to);
  }
}

export function isSameEntry(a: Entry, b: Entry | undefined): boolean {
  return a.mode === b?.mode && a.blob === b.blob;
}

const modeOf = { file: "100644", executable: "100755", symlink: "120000" } as const;

export function stagedEntry(
  { files }: Pick<IndexRead, "files">,
  path: string,
  fix: { readonly mode?: Fix["mode"]; readonly blob?: string } = {}
): Entry {
  const file = files.get(path);
  if (file === undefined) {
    throw new Error(`${path} is not staged`);
  }
  return { path, mode: modeOf[fix.mode ?? file.mode], blob: fix.blob ?? file.blob };
}

/** Writes entries into an index file; their flags are lost, the others stay as they are. */
export async function writeEntries(
  place: Place,
  entries: readonly Entry[],
  call: Parameters<typeof callGit>[2] & object
): Promise<void> {
  const input = Buffer.concat(
    entries.map(({ path, mode, blob }) =>
      Buffer.concat([Buffer.from(`${mode} ${blob}\t`), pathBytes(path), Buffer.of(0)])
    )
  );
  await callGit(place, ["update-index", "-z", "--index-info"], { ...call, input });
}

/** With more, git's command line would grow too long, and the whole index is listed instead. */
const maxPathspecBytes = 64 * 1024;

/** The entries of an index that these paths have. */
export async function listEntries(place: Place, index: string, paths: readonly string[]): Promise<readonly Entry[]> {
  const isLong = paths.reduce((sum, path) => sum + path.length * 3 + 1, 0) > maxPathspecBytes;
  const pathspec = isLong || paths.some(isOdd) ? [] : ["--", ...paths];
  const wanted = new Set(paths);
  return parseEntries(await callGit(place, ["ls-files", "-s", "-z", ...pathspec], { index })).filter(({ path }) =>
    wanted.has(path)
  );
}

/** Rows of `mode SP id SP stage TAB path`, each behind a NUL. */
export function parseEntries(bytes: Uint8Array): readonly Entry[] {
  return splitNul(bytes).map((row) => {
    const tab = row.indexOf(9);
    const [mode = "", blob = ""] = new TextDecoder().decode(row.subarray(0, tab)).split(" ");
    return { path: pathText(gitPath(row.subarray(tab + 1))), mode, blob };
  });
}
