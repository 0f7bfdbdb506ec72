import type { FileEntry } from "../classify.ts";
import { isLockFile } from "../file-names.ts";
import type { Spot } from "./rule.ts";

/** What is committed once stays in every clone. Lock files are as long as they are, and files in Git LFS are not in the repository. */
export function largeFile(entry: FileEntry, size: number, maxBytes: number): readonly Spot[] {
  if (size <= maxBytes || entry.lfs === true || isLockFile(entry.path)) {
    return [];
  }
  const isClose = showBytes(size) === showBytes(maxBytes);
  const [has, may] = isClose ? [`${size} bytes`, `${maxBytes} bytes`] : [showBytes(size), showBytes(maxBytes)];
  const message = `${has}: more than the ${may} that checks.max_file_size allows`;
  return [{ line: 1, column: 1, message, severity: "error", edits: [] }];
}

/** To three digits, by 1000, as file managers show it. */
export function showBytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const step = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** step;
  return `${step === 0 ? value : Number(value.toPrecision(3))} ${units[step]}`;
}
