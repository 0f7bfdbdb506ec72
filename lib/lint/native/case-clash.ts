import type { Finding } from "../../core/finding.ts";
import { toFinding } from "./rule.ts";

interface Named {
  /** A file, or a folder on the way to one. */
  readonly name: string;
  /** The file by which it is known. */
  readonly path: string;
}

/**
 * Paths that a file system without regard to letter case (macOS, Windows) takes for one: a checkout there loses one of
 * two files, and merges two folders. Looks at `all` paths and reports at those among `reported`, each pair once: at the
 * second of them, or, unless another run looks at the first, there.
 */
export function caseClashes(
  all: readonly string[],
  reported: ReadonlySet<string>,
  { isShared = false }: { readonly isShared?: boolean } = {}
): readonly Finding[] {
  const first = new Map<string, Named>();
  const folders = new Set<string>();
  const findings: Finding[] = [];
  const claim = (own: Named): void => {
    const folded = fold(own.name);
    const other = first.get(folded);
    if (other === undefined) {
      first.set(folded, own);
    } else if (other.name === own.name) {
      return;
    } else if (reported.has(own.path)) {
      findings.push(clash(own, other));
    } else if (!isShared && reported.has(other.path)) {
      findings.push(clash(other, own));
    }
  };
  for (const path of all) {
    for (let end = path.indexOf("/"); end !== -1; end = path.indexOf("/", end + 1)) {
      const name = path.slice(0, end);
      if (folders.has(name)) {
        continue;
      }
      folders.add(name);
      claim({ name, path });
    }
    claim({ name: path, path });
  }
  return findings;
}

/** ASCII names, nearly all there are, need no Unicode tables. */
function fold(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it asks for ASCII
  return /^[\x00-\x7f]*$/.test(name) ? name.toLowerCase() : name.normalize("NFC").toUpperCase().toLowerCase();
}

function clash({ name, path }: Named, other: Named): Finding {
  const how =
    name.normalize("NFC") === other.name.normalize("NFC") ? "in how its letters are encoded" : "in letter case";
  const what = name === path ? "" : `the folder \`${name}\` `;
  const message = `${what}differs from \`${other.name}\` only ${how}: on macOS and Windows the two are one`;
  return toFinding("case-clash", path, { line: 1, column: 1, message, severity: "error" }, false);
}
