import type { FileKind } from "../core/file-kind.ts";

/** In loops: each commit and each lint makes it once, and functions that are called for each word take ten times as long. */
function table<V>(rows: Readonly<Record<string, V>>): ReadonlyMap<string, V> {
  const made = new Map<string, V>();
  for (const [words, value] of Object.entries(rows)) {
    for (const word of words.split(" ")) {
      made.set(word, value);
    }
  }
  return made;
}

/** Whole names, in lower case. */
export const kindByName = table<FileKind>({
  "dockerfile containerfile": "docker",
  ".bashrc .bash_profile .bash_login .bash_logout .bash_aliases .bash_functions .profile .xprofile .xinitrc .xsession":
    "shell",
  ".envrc .kshrc .mkshrc .shrc .shinit bashrc pkgbuild apkbuild .xsessionrc": "shell",
  pipfile: "toml",
  ".clang-format .clang-tidy .clangd .yamllint .gemrc": "yaml",
  ".watchmanconfig .htmlhintrc .tern-config .tern-project .arcconfig .all-contributorsrc .auto-changelog": "json",
  "tsconfig.json jsconfig.json .swcrc .jshintrc .jscsrc .jslintrc .babelrc .babelrc.json babel.config.json": "jsonc",
  ".eslintrc.json tslint.json api-extractor.json devcontainer.json .devcontainer.json deno.json turbo.json": "jsonc",
  "typedoc.json language-configuration.json .hintrc": "jsonc",
  "sconstruct sconscript": "python",
  jakefile: "javascript",
  ".gitignore .gitattributes .gitmodules .gitkeep .dockerignore .containerignore .npmignore .prettierignore .eslintignore .stylelintignore":
    "other",
  ".editorconfig .npmrc .nvmrc .node-version .python-version .tool-versions .env .mailmap .git-blame-ignore-revs":
    "other",
  "makefile gnumakefile gemfile rakefile vagrantfile procfile justfile codeowners go.mod go.work": "other",
});

/** Prose, unless a `#!` line says otherwise; in lower case. */
export const textNames: ReadonlySet<string> = new Set(
  "license licence copying notice authors contributors maintainers changelog changes news todo readme install thanks history".split(
    " "
  )
);

/** By extension, in lower case: what stands behind the last dot. */
export const kindByExtension = table<FileKind>({
  css: "css",
  scss: "scss",
  less: "less",
  "html htm xhtml": "html",
  "js mjs cjs jsx es6": "javascript",
  "ts mts cts tsx": "typescript",
  "json webmanifest geojson topojson jsonld importmap har": "json",
  "jsonc code-workspace code-snippets sublime-project sublime-settings": "jsonc",
  "md markdown mdown mkd mkdn": "markdown",
  nix: "nix",
  "py pyi pyw": "python",
  rs: "rust",
  go: "go",
  "sh bash ksh dash bats": "shell",
  toml: "toml",
  "yaml yml": "yaml",
  "dockerfile containerfile": "docker",
  "txt rst adoc asciidoc": "text",
});

/** Written by tools for themselves: nobody formats them, and their whitespace is theirs. In lower case. */
const lockFiles = new Set(
  (
    "package-lock.json npm-shrinkwrap.json packages.lock.json lazy-lock.json pnpm-lock.yaml pnpm-lock.yml bun.lockb go.sum go.work.sum " +
    "package.resolved gradle.lockfile .terraform.lock.hcl cartfile.resolved manifest.lock.json"
  ).split(" ")
);

/** True for `Cargo.lock`, `package-lock.json` and all their kin. */
export function isLockFile(path: string): boolean {
  return isLockName(baseName(path).toLowerCase());
}

/** The same for a name without folders, in lower case. */
export function isLockName(lower: string): boolean {
  return lower.endsWith(".lock") || lockFiles.has(lower);
}

/** Never text, so there is no need to open them. */
export const binaryExtensions: ReadonlySet<string> = new Set(
  (
    "png jpg jpeg gif bmp ico icns webp avif heic tif tiff psd xcf mp3 mp4 m4a m4v mov avi mkv webm ogg oga opus flac wav " +
    "ttf otf woff woff2 eot pdf zip gz tgz bz2 xz zst lz4 7z rar tar jar war ear class o a so dylib dll exe bin wasm pyc pyo " +
    "rlib rmeta sqlite sqlite3 db qcow2 img iso deb rpm apk dmg nar parquet npy npz pkl pt onnx safetensors keystore jks p12 pfx der"
  ).split(" ")
);

/** Always text, of languages that no tool here knows. */
export const textExtensions: ReadonlySet<string> = new Set(
  (
    "c h cc cpp cxx hh hpp hxx m mm cs java kt kts groovy gradle scala clj cljs cljc edn ex exs erl hrl hs lhs ml mli fs fsx fsi swift dart " +
    "rb rake gemspec erb php pl pm t r jl lua vim el lisp scm zig nim v vhd sv d pas ada sql graphql gql proto thrift tf tfvars hcl rego cue " +
    "vue svelte astro mdx hbs mustache ejs pug haml liquid njk j2 tmpl tpl sass styl xml xsd xsl xslt svg plist ini cfg conf cnf env properties " +
    "csv tsv tex bib org pod po pot diff patch mk cmake ninja bzl bazel star am ac in m4 awk sed bat cmd ps1 psm1 psd1 fish zsh csh " +
    "service socket timer desktop rules dockerignore ipynb json5 ndjson"
  ).split(" ")
);

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** In lower case, without the dot; empty where there is none: the dot of `.bashrc` is part of its name. */
export function extensionOf(path: string): string {
  return extensionIn(baseName(path).toLowerCase());
}

/** The same for a name without folders, in lower case. */
export function extensionIn(lower: string): string {
  const dot = lower.lastIndexOf(".");
  return dot <= 0 ? "" : lower.slice(dot + 1);
}
