import type { ListedFile } from "../../core/file-list.ts";
import { compareText } from "../../core/finding.ts";
import { digestOf } from "../../cache/digest.ts";
import type { Store } from "../../cache/store.ts";
import { convertedFiles, outerAttributes } from "../../git/conversions.ts";
import type { GitOptions } from "../../git/files.ts";
import { readAttributes } from "../../git/files.ts";
import { listIndex, type IndexRow } from "../../git/ls-files.ts";
import { readWorkingState, type WorkingState } from "../../git/working-state.ts";
import { regularTextOf } from "../../host/text-of.ts";
import { scanFiles } from "../scan.ts";
import type { TargetGroup, Targets } from "../targets.ts";
import { ContentIds, unreadable } from "./content-ids.ts";
import { StandingFiles } from "./standing-files.ts";

/** What is kept of a listing: all that has to be looked at again before it may be taken for the same. */
interface Listed {
  readonly links: readonly string[];
  /** Files of which git does not say whether they changed, and the digests of their times and their content. */
  readonly watched: readonly string[];
  readonly stats: string;
  readonly contents: string;
}

export interface ListingOptions {
  /** Absolute. */
  readonly root: string;
  readonly git: GitOptions;
  readonly store: Store;
  /** What stands for `k`, whose code decides what a file is. */
  readonly build: string;
}

/** What the key in `runs` is under which a listing is kept. */
const listedKey = "listed";

/** What the key is under which the paths are kept that git ever converted. */
const convertedKey = "converted";

/**
 * All files of the project in one state, known by a digest of their paths, modes and content. Where that state was seen
 * before, nothing is listed again: what runs came to over it is there at once, in `runs`.
 */
export class Listing {
  readonly #options: ListingOptions;
  readonly #state: WorkingState;
  /** By path: `MODE ID` of what is not as in the index; undefined for what is gone. */
  readonly #changed: ReadonlyMap<string, string | undefined>;
  readonly #base: string;
  #known:
    | { readonly digest: string; readonly runs: ReadonlyMap<string, string>; readonly links: readonly string[] }
    | undefined;
  #targets: Promise<Targets> | undefined;
  #standing: StandingFiles | undefined;
  #listed: Listed | undefined;
  #canKeep = true;

  private constructor(
    options: ListingOptions,
    state: WorkingState,
    changed: ReadonlyMap<string, string | undefined>,
    base: string
  ) {
    this.#options = options;
    this.#state = state;
    this.#changed = changed;
    this.#base = base;
  }

  /** Undefined where git cannot vouch for the files. */
  static async open(
    options: ListingOptions,
    read = readWorkingState(options.root, options.git)
  ): Promise<Listing | undefined> {
    const state = await read;
    if (state === undefined) {
      return undefined;
    }
    const ids = new ContentIds(options.root, options.store);
    const attributeFiles = state.ignored.filter((path) => /(^|\/)\.gitattributes$/.test(path));
    // A slash ends a repository of somebody else.
    const changed = ids.ofAll([...state.changed, ...state.untracked.filter((path) => !path.endsWith("/"))]);
    if (holdsUnreadable(changed)) {
      return undefined;
    }
    const { build, root, git } = options;
    const base = digestOf([
      build,
      state.prefix,
      state.index,
      state.settings,
      outerAttributes(root, state, git),
      ...rowsOf(changed),
      ...rowsOf(ids.ofAll(attributeFiles)),
    ]);
    const listing = new Listing(options, state, changed, base);
    listing.#recall();
    return listing;
  }

  /** True where this very state was seen before. */
  get isKnown(): boolean {
    return this.#known !== undefined;
  }

  /** What was kept of runs over this state. */
  get runs(): ReadonlyMap<string, string> {
    return this.#known?.runs ?? new Map();
  }

  get links(): readonly string[] {
    return this.#known?.links ?? [];
  }

  /** Absolute. */
  get root(): string {
    return this.#options.root;
  }

  /** All files with the ids of their content. Rejects as `targets` does. */
  async contents(): Promise<ReadonlyMap<string, string>> {
    const { groups } = await this.targets();
    return groups[0]?.contents ?? new Map();
  }

  get ignored(): readonly string[] {
    return this.#state.ignored;
  }

  /** Stands for all files with their content. Rejects with a `ProblemError`, as `targets` does. */
  async digest(): Promise<string> {
    if (this.#known === undefined) {
      await this.targets();
    }
    return this.#known?.digest ?? "";
  }

  #recall(): void {
    const { store, root } = this.#options;
    const runs = store.runs(this.#base);
    const text = runs.get(listedKey);
    if (text === undefined) {
      return;
    }
    const { links, watched, stats, contents } = JSON.parse(text) as Listed;
    if (watched.length === 0) {
      this.#known = { digest: this.#base, runs, links };
    } else if (new StandingFiles(root, watched).digest === stats) {
      const digest = digestOf([this.#base, contents]);
      this.#known = { digest, runs: store.runs(digest), links };
    }
  }

  /** The files themselves; rejects with a `ProblemError` where they cannot be told. */
  targets(): Promise<Targets> {
    this.#targets ??= this.#list();
    return this.#targets;
  }

  async #list(): Promise<Targets> {
    const { root, git, store } = this.#options;
    const rows = await listIndex(root, git);
    const tracked = rows.filter(({ path }) => !this.#changed.has(path));
    const sure = tracked.filter(({ skipped, assumed }) => !skipped && !assumed);
    const converted = await this.#converted(sure);
    const isWatched = (row: IndexRow): boolean =>
      row.skipped || row.assumed || (row.mode !== "symlink" && (converted === "all" || converted.has(row.path)));
    const watched = tracked.filter(isWatched).map(({ path }) => path);
    const standing = new StandingFiles(root, watched);
    const own = new ContentIds(root, store).ofAll(watched);
    const contents = new Map<string, string>();
    const files: ListedFile[] = [];
    for (const row of tracked) {
      if (!isWatched(row) && row.mode !== undefined && row.blob !== undefined) {
        contents.set(row.path, row.blob);
        files.push({ path: row.path, tracked: true, mode: row.mode, blob: row.blob });
      }
    }
    const trackedPaths = new Set(rows.map(({ path }) => path));
    for (const [path, id] of [...own, ...this.#changed]) {
      if (id !== undefined) {
        contents.set(path, idOf(id));
        files.push({ path, tracked: trackedPaths.has(path) });
      }
    }
    files.sort((a, b) => compareText(a.path, b.path));
    const paths = files.map(({ path }) => path);
    const entries = await scanFiles(root, files, { attributes: readAttributes(root, paths, git) });
    const group: TargetGroup = { base: root, isCopy: false, entries, contents };
    this.#standing = new StandingFiles(root, paths, true);
    this.#canKeep = !holdsUnreadable(own);
    this.#remember(entries, watched, standing, digestOf(rowsOf(own)));
    return { groups: [group], problems: [], notices: [], dispose: async () => {} };
  }

  #remember(entries: TargetGroup["entries"], watched: readonly string[], standing: StandingFiles, own: string): void {
    const links = entries.filter(({ mode }) => mode === "symlink").map(({ path }) => path);
    const digest = watched.length === 0 ? this.#base : digestOf([this.#base, own]);
    this.#known = { digest, runs: this.#options.store.runs(digest), links };
    if (standing.isSettled) {
      this.#listed = { links, watched, stats: standing.digest, contents: own };
    }
  }

  async #converted(rows: readonly IndexRow[]): Promise<ReadonlySet<string> | "all"> {
    const { root, git } = this.#options;
    const attributeFiles = [...rows.map(({ path }) => path), ...this.#changed.keys(), ...this.#state.ignored].filter(
      (path) => /(^|\/)\.gitattributes$/.test(path)
    );
    const above = aboveRoot(root, this.#state.prefix);
    const inner = [...attributeFiles.map((path) => `${root}/${path}`), ...above].map(regularTextOf).join("\n");
    const outer = outerAttributes(root, this.#state, git);
    const paths = rows.filter(({ mode }) => mode !== "symlink").map(({ path }) => path);
    return this.#everConverted(
      await convertedFiles(root, paths, { settings: this.#state.settings, inner, outer }, git)
    );
  }

  /**
   * With those that git converted when this project was listed before: what it wrote then may lie there still, and git looks at times
   * alone.
   */
  #everConverted(now: ReadonlySet<string> | "all"): ReadonlySet<string> | "all" {
    const { root, store } = this.#options;
    const list = `converted ${digestOf([root])}`;
    const before = store.runs(list).get(convertedKey) ?? "";
    const known = before === "" ? [] : before.split("\0");
    const ever = now === "all" || before === "all" ? "all" : new Set([...known, ...now]);
    const text = ever === "all" ? ever : [...ever].toSorted().join("\0");
    if (text !== before) {
      store.keepRuns(list, new Map([[convertedKey, text]]));
    }
    return ever;
  }

  /**
   * Keeps what runs came to, if all the files are still as they were when they were listed; so what a tool saw cannot have been
   * anything else, not even for a moment. Resolves with whether that is so; where nothing waits for it, it does not look.
   */
  async keepRuns(runs: ReadonlyMap<string, string>, others: boolean): Promise<boolean> {
    const known = this.#known;
    // Where nothing was listed, no tool has run.
    if ((runs.size === 0 && !others) || known === undefined || !this.#canKeep || this.#standing === undefined) {
      return false;
    }
    if (!this.#standing.stillStands()) {
      return false;
    }
    const { store } = this.#options;
    const now = await Listing.open(this.#options);
    if (now === undefined || now.#base !== this.#base || now.ignored.join("\0") !== this.ignored.join("\0")) {
      return false;
    }
    if (this.#listed !== undefined) {
      store.keepRuns(this.#base, new Map([[listedKey, JSON.stringify(this.#listed)]]));
    }
    store.keepRuns(known.digest, runs);
    return true;
  }
}

/** `.gitattributes` of folders above the root: git reads them too. */
function aboveRoot(root: string, prefix: string): readonly string[] {
  const depth = prefix.split("/").length - 1;
  return Array.from({ length: depth }, (_, up) => `${root}/${"../".repeat(up + 1)}.gitattributes`);
}

function rowsOf(contents: ReadonlyMap<string, string | undefined>): readonly string[] {
  return [...contents].toSorted(([a], [b]) => compareText(a, b)).map(([path, id]) => `${path}\0${id ?? "gone"}`);
}

function holdsUnreadable(contents: ReadonlyMap<string, string | undefined>): boolean {
  return [...contents.values()].some((id) => id?.endsWith(unreadable) === true);
}

function idOf(modeAndId: string): string {
  return modeAndId.slice(modeAndId.indexOf(" ") + 1);
}
