import { coreCount } from "../host/cores.ts";

/**
 * With so few cores the threads with which git looks at an index ahead take from `k` what they save, while it loads, up to an index of
 * so many bytes, which are some forty thousand files.
 */
const [fewCores, smallIndex] = [2, 4_000_000];

/** Words for a git that looks at the files of an index of this size, in bytes, while `k` loads: those that make both fastest. */
export function threadWords(indexSize: number): readonly string[] {
  return coreCount() <= fewCores && indexSize <= smallIndex ? ["-c", "core.preloadIndex=false"] : [];
}
