import type { FileKind } from "../core/file-kind.ts";
import type { Tool } from "../core/tool.ts";
import { type FileEntry, kindsOf } from "./classify.ts";

/** Compiled once: a list of globs as one test. No globs match nothing. */
export function globTest(globs: readonly string[]): (path: string) => boolean {
  const compiled = globs.flatMap((glob) => expandFolder(glob)).map((glob) => new Bun.Glob(glob));
  return (path) => compiled.some((glob) => glob.match(path));
}

/** `vendor` and `vendor/` mean all below it, and a pattern without a slash means it at any depth, as in .gitignore. */
function expandFolder(glob: string): readonly string[] {
  const bare = glob.replace(/\/+$/, "").replace(/^\//, "");
  const anywhere = bare.includes("/") || glob.startsWith("/") ? [bare] : [bare, `**/${bare}`];
  return anywhere.flatMap((pattern) => [pattern, `${pattern}/**`]);
}

/** A linter of YAML looks at workflows `also`; the formatter of a kind has that kind `alone`, so that each has one owner. */
export type KindMatch = "also" | "alone";

/** The files that are a tool's to look at: regular text files of its kinds, on its paths, not excluded. */
export function filesOf(
  tool: Pick<Tool, "kinds" | "paths">,
  entries: readonly FileEntry[],
  excluded: (path: string) => boolean,
  match: KindMatch = "also"
): readonly FileEntry[] {
  const kinds = new Set<FileKind>(tool.kinds);
  const paths = tool.paths?.map((glob) => new Bun.Glob(glob));
  return entries.filter(
    (entry) =>
      entry.mode !== "symlink" &&
      !entry.binary &&
      (!entry.generated || entry.explicit === true) &&
      (match === "alone" ? kinds.has(entry.kind) : kindsOf(entry.kind).some((kind) => kinds.has(kind))) &&
      (paths === undefined || paths.some((glob) => glob.match(entry.path))) &&
      !excluded(entry.path)
  );
}

/** The folders at which a project-wide tool is called: the nearest one upward of each file that holds a marker. */
export function projectRoots(
  markers: readonly string[],
  files: readonly FileEntry[],
  exists: (path: string) => boolean
): readonly string[] {
  const known = new Map<string, boolean>();
  const isRoot = (folder: string): boolean => {
    const answer =
      known.get(folder) ?? markers.some((marker) => exists(folder === "" ? marker : `${folder}/${marker}`));
    known.set(folder, answer);
    return answer;
  };
  const roots = new Set<string>();
  for (const { path } of files) {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      if (isRoot(folder)) {
        roots.add(folder);
        break;
      }
      if (folder === "") {
        break;
      }
    }
  }
  return [...roots].toSorted();
}

function folderOf(path: string): string {
  return path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
}
