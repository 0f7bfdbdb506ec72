import type { FileMode } from "../core/file-list.ts";
import type { FileKind } from "../core/file-kind.ts";
import {
  baseName,
  binaryExtensions,
  extensionIn,
  isLockName,
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

/** What a file's name says of it. */
export interface Named {
  /** Undefined where its first bytes decide. */
  readonly kind: FileKind | undefined;
  /** It is never text, so there is no need to open it. */
  readonly binary: boolean;
  /** It is text, so there is no need to open it either. */
  readonly text: boolean;
}

/** In one go: a lint asks it of each file of a project. */
export function byName(path: string): Named {
  const lower = baseName(path).toLowerCase();
  const extension = extensionIn(lower);
  const known = isLockName(lower) ? "other" : kindByName.get(lower);
  const usual = kindByExtension.get(extension);
  return {
    kind: known ?? kindByPattern(lower, extension, path) ?? usual ?? (extension === "" ? undefined : "other"),
    binary: binaryExtensions.has(extension),
    text: known !== undefined || usual !== undefined || textExtensions.has(extension),
  };
}

/** What a file is whose name does not say it: `head` are its first bytes as text, undefined where it is binary or cannot be read. */
export function byHead(path: string, head: string | undefined): FileKind {
  if (head === undefined) {
    return "other";
  }
  const lower = baseName(path).toLowerCase();
  if (undecided.test(lower)) {
    return /^\s*(\{|\/[/*])/.test(head) ? "jsonc" : "yaml";
  }
  return kindByShebang(head) ?? (textNames.has(lower) && !head.startsWith("#!") ? "text" : "other");
}

function kindByPattern(name: string, extension: string, path: string): FileKind | undefined {
  // Dockerfile.dev is one; Dockerfile.dockerignore and Dockerfile.md are what their extension says.
  if (name.startsWith("dockerfile.") || name.startsWith("containerfile.")) {
    return /\.(dockerignore|containerignore|md|txt|ya?ml|json|j2|tmpl|tpl|bak|orig)$/.test(name) ? undefined : "docker";
  }
  if (extension === "json") {
    return /^[tj]sconfig\..*\.json$/.test(name) || /(^|\/)\.(vscode|zed)\/[^/]+\.json$/.test(path)
      ? "jsonc"
      : undefined;
  }
  if (extension === "yml" || extension === "yaml") {
    return /(^|\/)\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/.test(path) ? "workflow" : undefined;
  }
  return undefined;
}
