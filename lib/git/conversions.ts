import { join } from "node:path";
import { findGitFolder } from "../host/git-folder.ts";
import { regularTextOf } from "../host/text-of.ts";
import { type GitOptions, readGit } from "./git.ts";
import { decodeNul } from "./path-bytes.ts";
import type { WorkingState } from "./working-state.ts";

/** Attributes under which a working file may hold other bytes than its blob (gitattributes(5), "Effects"). */
const attributes = ["text", "eol", "crlf", "filter", "ident", "working-tree-encoding"] as const;

const mention = /\b(text|eol|crlf|filter|ident|working-tree-encoding|binary)\b|\[attr\]/;

/** All attribute files that are not in the working tree, as one text: those of the repository, the user and the system. */
export function outerAttributes(root: string, { settings }: Pick<WorkingState, "settings">, git: GitOptions): string {
  const repository = findGitFolder(root)?.repository ?? root;
  const home = git.env["HOME"] ?? "/";
  const config = git.env["XDG_CONFIG_HOME"] ?? join(home, ".config");
  const own = /^core\.attributesfile\n(.*)$/m.exec(settings.replaceAll("\0", "\n"))?.[1];
  const files = [
    join(repository, "info/attributes"),
    join(repository, "../../info/attributes"),
    own === undefined || own === "" ? join(config, "git/attributes") : own.replace(/^~(?=\/)/, home),
    "/etc/gitattributes",
  ];
  return files.map(regularTextOf).join("\n");
}

/**
 * The tracked files whose bytes may not be those of their blob. `all` where a setting alone may have converted any: also where it is
 * off, for git takes what it wrote under another setting for unchanged. Rejects with a `ProblemError`. `inner` is the text of the
 * working tree's own attribute files.
 */
export async function convertedFiles(
  root: string,
  paths: readonly string[],
  given: { readonly settings: string; readonly inner: string; readonly outer: string },
  git: GitOptions
): Promise<ReadonlySet<string> | "all"> {
  if (/^core\.autocrlf\n/m.test(given.settings.replaceAll("\0", "\n"))) {
    return "all";
  }
  if (paths.length === 0 || !(mention.test(given.inner) || mention.test(given.outer))) {
    return new Set();
  }
  const input = new TextEncoder().encode(paths.map((path) => `${path}\0`).join(""));
  const bytes = await readGit(["check-attr", "-z", "--stdin", ...attributes], { ...git, cwd: root, input });
  return parseConversions(decodeNul(bytes, () => {}));
}

/** Rows of path, attribute and value. `-text` and `-filter` keep git's hands off. */
export function parseConversions(parts: readonly string[]): ReadonlySet<string> {
  const converted = new Set<string>();
  for (let at = 0; at + 2 < parts.length; at += 3) {
    const value = parts[at + 2];
    if (value !== "unspecified" && value !== "unset") {
      converted.add(parts[at] ?? "");
    }
  }
  return converted;
}
