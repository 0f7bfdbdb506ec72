import type { FileAttributes, FileMode, ListedFile } from "../core/file-list.ts";
import { type FileState, inspect, readHead } from "../host/inspect.ts";
import { headBytes, looksBinary } from "./binary.ts";
import { byHead, byName, type FileEntry } from "./classify.ts";

export interface ScanOptions {
  /** What `.gitattributes` says; it may still be on its way. */
  readonly attributes?: ReadonlyMap<string, FileAttributes> | Promise<ReadonlyMap<string, FileAttributes>>;
  /** Asks the disk nothing about files that git knows to be unchanged: their size stays unknown. */
  readonly trustIndex?: boolean;
  /** What the caller saw of a file a moment ago: it is not asked for again. */
  seen?(path: string): Seen | undefined;
}

/** Of a regular file. */
interface Seen {
  /** In bytes. */
  readonly size: number;
  /** As stat(2) has it. */
  readonly mode: number;
}

/** Between two of these the event loop has its turn, so that a signal is never kept waiting. */
const slice = 1000;

/** A name may lie about a file this large: `.ts` is also a film, so its first bytes are looked at. */
const suspiciousBytes = 1_000_000;

/**
 * Looks at each file of a list: what it is, how large, and whether it is text. Opens only those whose name does not
 * tell. Those that are gone, and what is neither a file nor a link, are left out. `root` is absolute.
 */
export async function scanFiles(
  root: string,
  files: readonly ListedFile[],
  options: ScanOptions = {}
): Promise<readonly FileEntry[]> {
  const drafts: FileEntry[] = [];
  for (const [index, file] of files.entries()) {
    if (index > 0 && index % slice === 0) {
      await new Promise(setImmediate);
    }
    const entry = scanFile(root, file, options);
    if (entry !== undefined) {
      drafts.push(entry);
    }
  }
  const attributes = await options.attributes;
  return attributes === undefined || attributes.size === 0
    ? drafts
    : drafts.map((entry) => withAttributes(entry, attributes.get(entry.path)));
}

function scanFile(root: string, file: ListedFile, { trustIndex, seen }: ScanOptions): FileEntry | undefined {
  const { path, blob } = file;
  const isSure = trustIndex === true && blob !== undefined && file.mode !== undefined;
  const state = isSure ? undefined : (stateOf(seen?.(path)) ?? inspect(`${root}/${path}`));
  const mode = state === undefined ? file.mode : modeOf(state);
  if (mode === undefined) {
    return undefined;
  }
  const size = state === undefined || state.type === "unreachable" ? undefined : state.size;
  const content =
    mode === "symlink" ? ({ kind: "other", binary: false } as const) : look(`${root}/${path}`, path, size);
  const { kind, binary } = content;
  const entry: Writable<FileEntry> = { path, size, mode, generated: false, kind, binary };
  if (blob !== undefined) {
    entry.blob = blob;
  }
  if (file.explicit === true) {
    entry.explicit = true;
  }
  return entry;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

type SomeState = Pick<FileState, "type" | "size" | "executable">;

function stateOf(seen: Seen | undefined): SomeState | undefined {
  return seen === undefined ? undefined : { type: "file", size: seen.size, executable: (seen.mode & 0o111) !== 0 };
}

function modeOf({ type, executable }: SomeState): FileMode | undefined {
  if (type === "symlink") {
    return "symlink";
  }
  if (type === "file") {
    return executable ? "executable" : "file";
  }
  // Kept, so that whoever reads it says why it cannot.
  return type === "unreachable" ? "file" : undefined;
}

function look(absolute: string, path: string, size: number | undefined): Pick<FileEntry, "kind" | "binary"> {
  const named = byName(path);
  if (named.binary) {
    return { kind: "other", binary: true };
  }
  const head = named.text && (size ?? 0) < suspiciousBytes ? undefined : headOf(absolute);
  const binary = head !== undefined && looksBinary(head);
  const readable = head === undefined || binary ? undefined : new TextDecoder().decode(head);
  return { kind: named.kind ?? byHead(path, readable), binary };
}

/** Nothing where it cannot be read: the check that needs its content reports that. */
function headOf(path: string): Uint8Array | undefined {
  try {
    return readHead(path, headBytes);
  } catch {
    return undefined;
  }
}

function withAttributes(entry: FileEntry, attributes: FileAttributes | undefined): FileEntry {
  if (attributes === undefined) {
    return entry;
  }
  const { binary, generated, lfs, eol } = attributes;
  return {
    ...entry,
    binary: entry.binary || binary,
    generated,
    ...(lfs ? { lfs } : {}),
    ...(eol === undefined ? {} : { eol }),
  };
}
