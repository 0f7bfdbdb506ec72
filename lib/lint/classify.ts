import type { FileMode } from "../core/file-list.ts";
import type { FileKind } from "../core/file-kind.ts";
import {
  baseName,
  extensionOf,
  isLockFile,
  kindByExtension,
  kindByName,
  textExtensions,
  textNames,
} from "./file-names.ts";
import { kindByShebang } from "./shebang.ts";

/** A file as the checks see it. */
export interface FileEntry {
  /** Relative to the project root, with `/` between its parts. */
  readonly path: string;
  readonly kind: FileKind;
  /** In bytes; `undefined` where the scan was told to trust the index, or the file cannot be reached. */
  readonly size: number | undefined;
  readonly mode: FileMode;
  readonly binary: boolean;
  /** Generated or vendored, by `.gitattributes`: no linter or formatter is to look at it. */
  readonly generated: boolean;
  /** The blob in the index, where git knows the working file to be the same. */
  readonly blob?: string;
  readonly lfs?: true;
  /** The line ending that `.gitattributes` asks for; `any` where git is to leave line endings alone. */
  readonly eol?: "lf" | "crlf" | "any";
  /** The user named this very file. */
  readonly explicit?: true;
}

/** The kinds that a tool may ask for to get such a file: a workflow is a YAML file too. */
export function kindsOf(kind: FileKind): readonly FileKind[] {
  return also[kind] ?? [kind];
}

const also: Partial<Record<FileKind, readonly FileKind[]>> = {
  workflow: ["workflow", "yaml"],
  jsonc: ["jsonc", "json"],
};

/** Without an extension but known to the tools that read them: JSON, with or without comments, or YAML. */
const undecided =
  /^\.(eslintrc|prettierrc|stylelintrc|markdownlintrc|commitlintrc|lintstagedrc|nycrc|releaserc|mocharc|c8rc)$/;

/**
 * What a file is, by its name, its extension or, where it has none, its `#!` line. `readHead` gives its first bytes as
 * text, or nothing where it is binary or cannot be read; it is called only where the name does not tell.
 */
export function classify(path: string, readHead: () => string | undefined): FileKind {
  const name = baseName(path);
  const lower = name.toLowerCase();
  if (isLockFile(path)) {
    return "other";
  }
  const known = kindByName.get(lower) ?? kindByPattern(lower, path);
  if (known !== undefined) {
    return known;
  }
  const extension = extensionOf(path);
  if (extension !== "") {
    return kindByExtension.get(extension) ?? "other";
  }
  const head = readHead();
  if (head === undefined) {
    return "other";
  }
  if (undecided.test(lower)) {
    return /^\s*(\{|\/[/*])/.test(head) ? "jsonc" : "yaml";
  }
  return kindByShebang(head) ?? (textNames.has(lower) && !head.startsWith("#!") ? "text" : "other");
}

function kindByPattern(name: string, path: string): FileKind | undefined {
  // Dockerfile.dev is one; Dockerfile.dockerignore and Dockerfile.md are what their extension says.
  if (/^(docker|container)file\./.test(name)) {
    return /\.(dockerignore|containerignore|md|txt|ya?ml|json|j2|tmpl|tpl|bak|orig)$/.test(name) ? undefined : "docker";
  }
  if (/^[tj]sconfig\..*\.json$/.test(name)) {
    return "jsonc";
  }
  if (/(^|\/)\.(vscode|zed)\/[^/]+\.json$/.test(path)) {
    return "jsonc";
  }
  if (/(^|\/)\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path)) {
    return "workflow";
  }
  return undefined;
}

/** True where the name alone says what a file is, and that it is text. */
export function nameTells(path: string): boolean {
  const lower = baseName(path).toLowerCase();
  const extension = extensionOf(path);
  return isLockFile(path) || kindByName.has(lower) || kindByExtension.has(extension) || textExtensions.has(extension);
}
