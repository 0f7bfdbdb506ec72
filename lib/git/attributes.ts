import { dirname, join } from "node:path";
import type { FileAttributes } from "../core/file-list.ts";
import { findGitFolder } from "../host/git-folder.ts";
import { regularTextOf } from "../host/text-of.ts";
import { type GitOptions, readGit } from "./git.ts";
import { decodeNul } from "./path-bytes.ts";

/** Each attribute that `k` acts on, and what a `.gitattributes` file holds where it is used. */
const mentions = {
  text: /binary|-text|crlf/,
  diff: /binary|-diff/,
  eol: /eol=/,
  filter: /filter=lfs/,
  "linguist-generated": /linguist-generated/,
  "linguist-vendored": /linguist-vendored/,
} as const;

type Name = keyof typeof mentions;

type Values = Partial<Record<Name, string>>;

/**
 * What `.gitattributes` files say of these paths (relative to the root); those of which they say nothing that matters
 * are left out. One git process, and none where no file has a word to do with it. Rejects with a `ProblemError`.
 */
export async function readAttributes(
  root: string,
  paths: readonly string[],
  git: GitOptions
): Promise<ReadonlyMap<string, FileAttributes>> {
  const asked = attributesInUse(root, paths);
  if (paths.length === 0 || asked.length === 0) {
    return new Map();
  }
  const input = new TextEncoder().encode(paths.map((path) => `${path}\0`).join(""));
  return parseCheckAttr(
    await readGit(["check-attr", "-z", "--stdin", ...asked], { ...git, cwd: root, input }),
    asked.length
  );
}

/** Those that some file mentions; all where one defines a macro, which may stand for any. */
function attributesInUse(root: string, paths: readonly string[]): readonly Name[] {
  const found = findGitFolder(root);
  if (found === undefined) {
    return [];
  }
  const folders = new Set<string>();
  const climb = (from: string, top: string): void => {
    for (let folder = from; !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
      if (folder === top) {
        break;
      }
    }
  };
  climb(root, found.top);
  // The list may be a part of the project, so that it need not name the `.gitattributes` above its files.
  for (const path of paths) {
    if (path.includes("/")) {
      climb(`${root}/${dirname(path)}`, root);
    }
  }
  const files = [...folders].map((folder) => join(folder, ".gitattributes"));
  // A linked worktree keeps `info` in the repository that it was made from.
  files.push(join(found.repository, "info/attributes"), join(found.repository, "../../info/attributes"));
  const text = files.map(regularTextOf).join("\n");
  const names = Object.keys(mentions) as Name[];
  return text.includes("[attr]") ? names : names.filter((name) => mentions[name].test(text));
}

/** Rows of path, attribute and value, each behind a NUL (git-check-attr(1)). */
export function parseCheckAttr(bytes: Uint8Array, perPath: number): ReadonlyMap<string, FileAttributes> {
  const parts = decodeNul(bytes, () => {});
  const byPath = new Map<string, FileAttributes>();
  const step = perPath * 3;
  for (let row = 0; row + step <= parts.length; row += step) {
    let values: Values | undefined;
    for (let at = row; at < row + step; at += 3) {
      const value = parts[at + 2];
      if (value !== "unspecified") {
        values = { ...values, [parts[at + 1] ?? ""]: value };
      }
    }
    const path = parts[row] ?? "";
    const attributes = values === undefined || path === "" ? undefined : meaning(values);
    if (attributes !== undefined) {
      byPath.set(path, attributes);
    }
  }
  return byPath;
}

const yes = (value: string | undefined): boolean => value === "set" || value === "true";

/**
 * `binary` stands for `-diff -merge -text`. A lone `-text` keeps git from touching line endings, and a lone `-diff` from
 * showing changes: neither makes a file binary.
 */
function meaning({ text, diff, eol, filter, ...linguist }: Values): FileAttributes | undefined {
  const generated = yes(linguist["linguist-generated"]) || yes(linguist["linguist-vendored"]);
  const isBinary = text === "unset" && diff === "unset";
  const ending = text === "unset" ? "any" : eol === "lf" || eol === "crlf" ? eol : undefined;
  const lfs = filter === "lfs";
  if (!generated && !isBinary && !lfs && ending === undefined) {
    return undefined;
  }
  return { binary: isBinary, generated, lfs, ...(ending === undefined ? {} : { eol: ending }) };
}
