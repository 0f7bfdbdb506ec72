import type { GitPath } from "../git/path-bytes.ts";

/** Bytes that are no UTF-8, as text: each stands as a lone surrogate, U+DC80 for 0x80 to U+DCFF for 0xFF. */
const escaped = /[\udc80-\udcff]/u;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Any path of git as text that `pathBytes` turns back into the very same bytes; what is UTF-8 stands for itself. */
export function pathText(path: Pick<GitPath, "text" | "odd" | "bytes">): string {
  return path.odd ? escapeBytes(path.bytes) : path.text;
}

export function escapeBytes(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; ) {
    const length = lengthOfCharacter(bytes, at);
    text +=
      length === 0 ? String.fromCharCode(0xdc00 + (bytes[at] ?? 0)) : strict.decode(bytes.subarray(at, at + length));
    at += length === 0 ? 1 : length;
  }
  return text;
}

/** In bytes; 0 where none begins. */
function lengthOfCharacter(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  try {
    strict.decode(bytes.subarray(at, at + length));
    return length;
  } catch {
    return 0;
  }
}

/** True where the path is not UTF-8: Bun cannot pass it to a program as an argument. */
export function isOdd(path: string): boolean {
  return escaped.test(path);
}

export function pathBytes(path: string): Uint8Array {
  if (!isOdd(path)) {
    return Buffer.from(path);
  }
  const parts = Array.from(path, (character) =>
    escaped.test(character) ? Buffer.from([character.charCodeAt(0) - 0xdc00]) : Buffer.from(character)
  );
  return Buffer.concat(parts);
}

/** A path of git below an absolute folder, as the calls of `node:fs` take it. */
export function under(folder: string, path: string): string | Buffer {
  const whole = `${folder}/${path}`;
  return isOdd(whole) ? Buffer.from(pathBytes(whole)) : whole;
}

/** The folder of a path of git, `.` for one at the top. That of `node:path` does not keep bytes that are no UTF-8. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end === -1 ? "." : path.slice(0, end);
}

/** Paths as git reads them from its stdin with `-z`. */
export function nulList(paths: Iterable<string>): Uint8Array {
  return Buffer.concat(Array.from(paths, (path) => pathBytes(`${path}\0`)));
}
