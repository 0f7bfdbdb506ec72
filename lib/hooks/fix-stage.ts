import { chmodSync, copyFileSync, lstatSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { FileEntry } from "../lint/classify.ts";
import type { Change } from "../lint/rewrite.ts";
import type { TargetGroup } from "../lint/targets.ts";
import { type Applied, applyFixes, type FixOptions } from "./fix.ts";
import type { Collected } from "./fix-copy.ts";
import type { Staged } from "./staged.ts";
import { neededLinks } from "./staged-content.ts";
import { updateTree } from "./tree.ts";

/** What jobs mend in one run. All of it happens in copies; `apply` brings it to the commit and the working files at last. */
export class FixStage {
  readonly #staged: Staged;
  /** Files of which there is a copy: from then on it is the copy that jobs look at. */
  readonly #copied = new Set<string>();
  #tree: Promise<string> | undefined;

  constructor(staged: Staged) {
    this.#staged = staged;
  }

  /** The folder of the copies, absolute. */
  get folder(): string {
    return this.#staged.fixCopy.folder;
  }

  /** Resolves when there are copies of these files. */
  async copy(entries: readonly FileEntry[]): Promise<void> {
    const paths = entries.map(({ path }) => path);
    await this.#staged.fixCopy.add(paths);
    for (const path of paths) {
      this.#copied.add(path);
    }
  }

  /** Writes what a tool made of files into their copies. */
  async take(changes: readonly Change[], entries: readonly FileEntry[]): Promise<void> {
    const changed = new Set(changes.map(({ path }) => path));
    await this.copy(entries.filter(({ path }) => changed.has(path)));
    for (const { path, after } of changes) {
      writeFileSync(join(this.folder, path), after);
    }
  }

  /** The same files, those that have a copy by their copies. */
  overlay(groups: readonly TargetGroup[]): readonly TargetGroup[] {
    if (this.#copied.size === 0) {
      return groups;
    }
    const isCopied = ({ path }: FileEntry): boolean => this.#copied.has(path);
    const copied = groups.flatMap(({ entries }) => entries.filter(isCopied));
    const rest = groups.map((group) => ({ ...group, entries: group.entries.filter((entry) => !isCopied(entry)) }));
    return [...rest, { base: this.folder, isCopy: true, entries: copied }].filter(({ entries }) => entries.length > 0);
  }

  /** The whole of what would be committed, with what was mended so far; undefined where nothing was. */
  async whole(): Promise<string | undefined> {
    if (this.#copied.size === 0) {
      return undefined;
    }
    this.#tree ??= this.#makeTree();
    const tree = await this.#tree;
    for (const path of this.#copied) {
      copyFileSync(join(this.folder, path), join(tree, path));
      chmodSync(join(tree, path), lstatSync(join(this.folder, path)).mode);
    }
    return tree;
  }

  /** The user's own working tree is never the place. */
  async #makeTree(): Promise<string> {
    const { folder, where } = await this.#staged.projectRoot(neededLinks);
    if (where === "snapshot") {
      return folder;
    }
    const { place, run, read } = this.#staged.state;
    return updateTree(place, run, read, neededLinks);
  }

  /** Undefined where nothing was mended. */
  async apply(options: FixOptions): Promise<Applied | undefined> {
    if (this.#copied.size === 0) {
      return undefined;
    }
    const { fixes } = this.#staged.fixCopy.collect();
    return fixes.size === 0 ? undefined : applyFixes(this.#staged, fixes, options);
  }

  /** Files that a job deleted, or made into something else, and those that it emptied. */
  lost(): Pick<Collected, "lost" | "emptied"> {
    return this.#copied.size === 0 ? { lost: [], emptied: [] } : this.#staged.fixCopy.collect();
  }
}
