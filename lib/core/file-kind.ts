/** What a file is, by its name, its extension or its `#!` line; decided once per file and run. */
export const fileKinds = [
  "css",
  "docker",
  "go",
  "html",
  "javascript",
  "json",
  "jsonc",
  "less",
  "markdown",
  "nix",
  "python",
  "rust",
  "scss",
  "shell",
  "text",
  "toml",
  "typescript",
  "workflow",
  "yaml",
  "other",
] as const;

export type FileKind = (typeof fileKinds)[number];
