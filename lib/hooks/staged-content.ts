import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ListedFile } from "../core/file-list.ts";
import type { GitOptions } from "../git/git.ts";
import { type Content, indexPaths, type Placed, scanPlaced } from "./content.ts";
import type { StagedFile } from "./read-index.ts";
import { openStaged, type Staged } from "./staged.ts";

/** Folders that git ignores and tools need; the whole tree of a commit gets links to them. */
export const neededLinks = ["node_modules", ".venv", "venv"];

export interface StagedContent extends Content {
  readonly staged: Staged;
}

/** What is about to be committed. Rejects with a `ProblemError`. */
export async function openStagedContent(root: string, git: GitOptions): Promise<StagedContent> {
  const staged = await openStaged({ root, ...git });
  try {
    const named = staged.files.filter(({ odd }) => !odd);
    const odd = staged.files.filter((file) => file.odd);
    const groups = await scanPlaced(root, [...(await place(staged, named)), ...(await placeOdd(staged, odd))], git);
    return {
      staged,
      groups,
      history: [],
      notices: staged.recovered === undefined ? [] : [staged.recovered],
      async whole() {
        const { folder, where } = await staged.projectRoot(neededLinks);
        return { folder, isCopy: where === "snapshot" };
      },
      // Only a new name can clash with another.
      allPaths: async () =>
        staged.files.some(({ status }) => status === "added")
          ? indexPaths(root, git)
          : staged.files.map(({ path }) => path),
      [Symbol.asyncDispose]: () => staged.close(),
    };
  } catch (error) {
    await staged.close();
    throw error;
  }
}

async function place(staged: Staged, files: readonly StagedFile[]): Promise<readonly Placed[]> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const roots = await staged.roots(files.map(({ path }) => path));
  return roots.map(({ folder, where, paths }) => ({
    base: folder,
    isCopy: where === "snapshot",
    ...(where === "worktree" ? { seen: (path: string) => byPath.get(path)?.mark } : {}),
    files: paths.flatMap((path): readonly ListedFile[] => {
      const file = byPath.get(path);
      // A copy of a link leads elsewhere than the link itself.
      if (file === undefined || (where === "snapshot" && file.mode === "symlink")) {
        return [];
      }
      const { mode, blob } = file;
      return [where === "worktree" ? { path, mode, tracked: true, blob } : { path, mode, tracked: true }];
    }),
  }));
}

/** No program can be given a name that is not UTF-8, so their content is looked at under names that are. */
async function placeOdd(staged: Staged, files: readonly StagedFile[]): Promise<readonly Placed[]> {
  if (files.length === 0) {
    return [];
  }
  const base = join(staged.state.run, "odd");
  const listed: ListedFile[] = [];
  for (const [index, file] of files.entries()) {
    if (file.mode === "symlink") {
      continue;
    }
    const path = `${index}-${file.path.replaceAll(/[\udc80-\udcff/]/g, "_")}`;
    mkdirSync(base, { recursive: true });
    writeFileSync(join(base, path), await staged.content(file.path));
    listed.push({ path, mode: file.mode, tracked: true });
  }
  return [{ base, isCopy: true, files: listed }];
}
