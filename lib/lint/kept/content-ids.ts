import { lstatSync, readlinkSync, type Stats } from "node:fs";
import { blobId } from "../../cache/digest.ts";
import type { Store } from "../../cache/store.ts";
import { readRegularFile } from "../../host/inspect.ts";
import { isSettled } from "../../host/stat-line.ts";
import { standingOf } from "./standing-files.ts";

/** Stands for the content of a file that is there and cannot be read. */
export const unreadable = "unreadable";

/** The ids of what files hold now, by their bytes; a file that is as it was when it was last read is not read again. */
export class ContentIds {
  readonly #base: string;
  readonly #store: Store | undefined;
  readonly #known = new Map<string, { readonly stat: string; readonly content: string }>();

  /** `base` is absolute: where the paths are relative to. Without a store ids are known for this run only. */
  constructor(base: string, store: Store | undefined) {
    this.#base = base;
    this.#store = store;
  }

  /** `MODE ID` by path; undefined for what is gone, or is neither file nor link. */
  ofAll(paths: readonly string[]): ReadonlyMap<string, string | undefined> {
    const out = new Map<string, string | undefined>();
    const places = new Map<string, string>();
    const modes = new Map<string, string>();
    for (const path of paths) {
      const place = `${this.#base}/${path}`;
      const stats = statOf(place);
      if (stats?.isSymbolicLink() === true) {
        out.set(path, linkId(place));
      } else if (stats?.isFile() === true) {
        out.set(path, undefined);
        places.set(place, standingOf(stats));
        modes.set(path, (stats.mode & 0o111) === 0 ? "file" : "executable");
      } else {
        out.set(path, undefined);
      }
    }
    const known = this.#recall(places);
    const news: { place: string; stat: string; content: string }[] = [];
    for (const [path, mode] of modes) {
      const place = `${this.#base}/${path}`;
      const content = known.get(place) ?? this.#read(place, places.get(place) ?? "", news);
      out.set(path, `${mode} ${content}`);
    }
    this.#store?.keepContents(news);
    for (const { place, stat, content } of news) {
      this.#known.set(place, { stat, content });
    }
    return out;
  }

  #recall(places: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const open = new Map<string, string>();
    for (const [place, stat] of places) {
      const known = this.#known.get(place);
      if (known?.stat === stat) {
        found.set(place, known.content);
      } else {
        open.set(place, stat);
      }
    }
    if (this.#store !== undefined && open.size > 0) {
      for (const [place, content] of this.#store.contents(open)) {
        found.set(place, content);
        this.#known.set(place, { stat: open.get(place) ?? "", content });
      }
    }
    return found;
  }

  #read(place: string, stat: string, news: { place: string; stat: string; content: string }[]): string {
    try {
      const now = Date.now();
      const content = blobId(readRegularFile(place));
      const after = statOf(place);
      if (after !== undefined && standingOf(after) === stat && isSettled(timesOf(stat), now)) {
        news.push({ place, stat, content });
      }
      return content;
    } catch {
      return unreadable;
    }
  }
}

/** Without the inode, as `isSettled` takes it. */
function timesOf(stat: string): string {
  return stat.slice(stat.indexOf(" ") + 1);
}

function statOf(place: string): Stats | undefined {
  try {
    return lstatSync(place, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function linkId(place: string): string | undefined {
  try {
    return `symlink ${blobId(new TextEncoder().encode(readlinkSync(place)))}`;
  } catch {
    return undefined;
  }
}
