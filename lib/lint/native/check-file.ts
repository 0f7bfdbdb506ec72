import type { Finding } from "../../core/finding.ts";
import { looksBinary } from "../binary.ts";
import type { FileEntry } from "../classify.ts";
import { byteOrderMark } from "./byte-order-mark.ts";
import { applyEdits } from "./bytes.ts";
import { conflictMarker } from "./conflict-marker.ts";
import { finalNewline } from "./final-newline.ts";
import { largeFile } from "./large-file.ts";
import { mixedLineEnding } from "./mixed-line-ending.ts";
import { type NativeOptions, type NativeRule, type Spot, toFinding } from "./rule.ts";
import { trailingWhitespace } from "./trailing-whitespace.ts";

type TextCheck = readonly [NativeRule, (entry: FileEntry, bytes: Uint8Array) => readonly Spot[]];

/** In the order in which they are mended: each sees what those before it left. */
const fixable: readonly TextCheck[] = [
  ["byte-order-mark", byteOrderMark],
  ["mixed-line-ending", mixedLineEnding],
  ["trailing-whitespace", trailingWhitespace],
  ["final-newline", finalNewline],
];

const textRules: ReadonlySet<NativeRule> = new Set(["conflict-marker", ...fixable.map(([rule]) => rule)]);

/** False where nothing that is turned on looks at the content of files. */
export function readsContent({ disabled }: NativeOptions): boolean {
  return [...textRules].some((rule) => !disabled.includes(rule));
}

/** All that is wrong with one file and its bytes. Links and generated files have nothing wrong; of binary files only the size counts. */
export function checkFile(entry: FileEntry, bytes: Uint8Array, options: NativeOptions): readonly Finding[] {
  if (entry.mode === "symlink" || entry.generated) {
    return [];
  }
  const findings = checkSize(entry, entry.size ?? bytes.length, options);
  if (entry.binary || looksBinary(bytes)) {
    return findings;
  }
  const conflicts = conflictMarker(entry, bytes);
  const isOn = isEnabled(options);
  return [
    ...findings,
    ...(isOn("conflict-marker") ? conflicts.map((spot) => toFinding("conflict-marker", entry.path, spot, false)) : []),
    ...fixable.flatMap(([rule, check]) =>
      isOn(rule)
        ? check(entry, bytes).map((spot) =>
            toFinding(rule, entry.path, spot, spot.edits.length > 0 && conflicts.length === 0)
          )
        : []
    ),
  ];
}

export function checkSize(entry: FileEntry, size: number, options: NativeOptions): readonly Finding[] {
  if (entry.generated || !isEnabled(options)("large-file")) {
    return [];
  }
  return largeFile(entry, size, options.maxBytes).map((spot) => toFinding("large-file", entry.path, spot, false));
}

/**
 * The bytes as they should be, or nothing where they already are. Only line ends, blanks at line ends and a byte-order
 * mark are touched; a second call changes nothing. Never links, generated or binary files, or any with a merge conflict.
 */
export function fixFile(entry: FileEntry, bytes: Uint8Array, options: NativeOptions): Uint8Array | undefined {
  if (entry.mode === "symlink" || entry.generated || entry.binary || looksBinary(bytes)) {
    return undefined;
  }
  if (conflictMarker(entry, bytes).length > 0) {
    return undefined;
  }
  const isOn = isEnabled(options);
  const checks = fixable.filter(([rule]) => isOn(rule));
  const fixed = checks.reduce(
    (now, [, check]) =>
      applyEdits(
        now,
        check(entry, now).flatMap(({ edits }) => edits)
      ),
    bytes
  );
  return fixed === bytes ? undefined : fixed;
}

function isEnabled({ disabled }: NativeOptions): (rule: NativeRule) => boolean {
  return (rule) => !disabled.includes(rule);
}
