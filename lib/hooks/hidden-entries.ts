import { gitPath, splitNul } from "../git/path-bytes.ts";
import { pathText } from "./path-text.ts";

/** Entries of which git does not say whether the working file differs. */
export interface HiddenEntries {
  /** `assume-unchanged`: git was told not to look. */
  readonly assumed: ReadonlySet<string>;
  /** `skip-worktree`: a sparse checkout leaves them out, or the user hides changes of his own. */
  readonly skipped: ReadonlySet<string>;
}

export const nothingHidden: HiddenEntries = { assumed: new Set(), skipped: new Set() };

const headerBytes = 12;
const statBytes = 40;
const assumeValid = 0x8000;
const extended = 0x4000;
const skipWorktree = 0x4000;
const nameMask = 0xfff;

/**
 * Finds them in the bytes of an index file, versions 2 to 4 (gitformat-index(5)), with object ids of `idBytes`. Undefined
 * where the file does not hold all entries (a split index) or is of another version. Names are only put together for
 * those that are found.
 */
export function findHidden(bytes: Uint8Array, idBytes: number): HiddenEntries | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes.length < headerBytes ? 0 : view.getUint32(4);
  if (version < 2 || version > 4) {
    return undefined;
  }
  const found = { assumed: new Set<string>(), skipped: new Set<string>() };
  const count = view.getUint32(8);
  let name: Uint8Array = new Uint8Array();
  let at = headerBytes;
  for (let entry = 0; entry < count; entry += 1) {
    const flags = view.getUint16(at + statBytes + idBytes);
    const isExtended = version > 2 && (flags & extended) !== 0;
    const more = isExtended ? view.getUint16(at + statBytes + idBytes + 2) : 0;
    const nameAt = at + statBytes + idBytes + (isExtended ? 4 : 2);
    const isAssumed = (flags & assumeValid) !== 0;
    const isSkipped = (more & skipWorktree) !== 0;
    let end: number;
    if (version === 4) {
      ({ name, end } = compressedName(bytes, nameAt, name));
    } else {
      const length = (flags & nameMask) === nameMask ? bytes.indexOf(0, nameAt) - nameAt : flags & nameMask;
      // At least one NUL, up to a multiple of eight.
      end = at + ((nameAt + length - at + 8) & ~7);
      if (isAssumed || isSkipped) {
        name = bytes.subarray(nameAt, nameAt + length);
      }
    }
    if (isAssumed) {
      found.assumed.add(pathText(gitPath(name)));
    }
    if (isSkipped) {
      found.skipped.add(pathText(gitPath(name)));
    }
    at = end;
  }
  return isSplit(view, at, idBytes) ? undefined : found;
}

/** How much to cut off the name before, and what to put there instead. */
function compressedName(
  bytes: Uint8Array,
  start: number,
  before: Uint8Array
): { readonly name: Uint8Array; readonly end: number } {
  let at = start;
  let byte = bytes[at] ?? 0;
  let cut = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    at += 1;
    byte = bytes[at] ?? 0;
    cut = ((cut + 1) << 7) | (byte & 0x7f);
  }
  const end = bytes.indexOf(0, at + 1);
  const kept = before.length - cut;
  const name = new Uint8Array(kept + end - at - 1);
  name.set(before.subarray(0, kept));
  name.set(bytes.subarray(at + 1, end), kept);
  return { name, end: end + 1 };
}

const link = 0x6c696e6b;

/** The extension `link` says that most entries are in another file. */
function isSplit(view: DataView, start: number, idBytes: number): boolean {
  for (let at = start; at + 8 <= view.byteLength - idBytes; at += 8 + view.getUint32(at + 4)) {
    if (view.getUint32(at) === link) {
      return true;
    }
  }
  return false;
}

/** The same from `git ls-files -v -z`: a tag, a space and a name per entry. */
export function parseHidden(bytes: Uint8Array): HiddenEntries {
  const found = { assumed: new Set<string>(), skipped: new Set<string>() };
  for (const row of splitNul(bytes)) {
    const tag = String.fromCharCode(row[0] ?? 0);
    const path = pathText(gitPath(row.subarray(2)));
    if (tag >= "a") {
      found.assumed.add(path);
    }
    if (tag === "S" || tag === "s") {
      found.skipped.add(path);
    }
  }
  return found;
}
