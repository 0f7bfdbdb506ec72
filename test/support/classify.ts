import type { FileKind } from "../../lib/core/file-kind.ts";
import { byHead, byName } from "../../lib/lint/classify.ts";

/** The kind of a file, as a scan finds it: `head` is how it begins. */
export function classify(path: string, head?: string): FileKind {
  return byName(path).kind ?? byHead(path, head);
}
