import { expect, test } from "bun:test";
import { byName, kindsOf } from "../../../lib/lint/classify.ts";
import { type FileKind, fileKinds } from "../../../lib/core/file-kind.ts";
import { isLockFile } from "../../../lib/lint/file-names.ts";
import { classify } from "../../support/classify.ts";

const kinds: Readonly<Record<string, FileKind>> = {
  "a.ts": "typescript",
  "a.d.mts": "typescript",
  "a.tsx": "typescript",
  "a.js": "javascript",
  "src/a.cjs": "javascript",
  "a.jsx": "javascript",
  "a.py": "python",
  "a.pyi": "python",
  "a.rs": "rust",
  "a.go": "go",
  "a.nix": "nix",
  "a.css": "css",
  "a.scss": "scss",
  "a.less": "less",
  "a.html": "html",
  "a.HTM": "html",
  "README.md": "markdown",
  "a.markdown": "markdown",
  "a.txt": "text",
  "a.mdx": "other",
  "a.sh": "shell",
  "a.bash": "shell",
  "a.bats": "shell",
  "a.zsh": "other",
  "a.fish": "other",
  ".bashrc": "shell",
  ".envrc": "shell",
  PKGBUILD: "shell",
  "home/.bash_profile": "shell",
  ".zshrc": "other",
  "a.toml": "toml",
  Pipfile: "toml",
  "Cargo.toml": "toml",
  "Cargo.lock": "other",
  "uv.lock": "other",
  "poetry.lock": "other",
  "flake.lock": "other",
  "package.json": "json",
  "package-lock.json": "other",
  "a/pnpm-lock.yaml": "other",
  "bun.lock": "other",
  "go.sum": "other",
  "go.mod": "other",
  "tsconfig.json": "jsonc",
  "tsconfig.build.json": "jsonc",
  "a.jsonc": "jsonc",
  ".babelrc": "jsonc",
  ".vscode/settings.json": "jsonc",
  ".devcontainer/devcontainer.json": "jsonc",
  "a.webmanifest": "json",
  "a.code-workspace": "jsonc",
  "a.yml": "yaml",
  "a.yaml": "yaml",
  ".clang-format": "yaml",
  ".github/workflows/ci.yml": "workflow",
  ".forgejo/workflows/ci.yaml": "workflow",
  "sub/.gitea/workflows/ci.yml": "workflow",
  ".github/dependabot.yml": "yaml",
  ".github/workflows/deep/x.yml": "yaml",
  "github/workflows/x.yml": "yaml",
  ".github/workflows/x.md": "markdown",
  Dockerfile: "docker",
  "Dockerfile.dev": "docker",
  "build/app.dockerfile": "docker",
  "x.Dockerfile": "docker",
  Containerfile: "docker",
  "Containerfile.ci": "docker",
  "Dockerfile.dockerignore": "other",
  "Dockerfile.md": "markdown",
  dockerfile: "docker",
  "mydockerfile.txt": "text",
  ".gitignore": "other",
  Makefile: "other",
  "a.c": "other",
  "a.unknown": "other",
  "trailing.": "other",
  ".hidden.ts": "typescript",
};

for (const [path, kind] of Object.entries(kinds)) {
  test(`${path} is ${kind} by its name alone`, () => {
    expect(classify(path)).toBe(kind);
  });
}

const heads: readonly (readonly [head: string, kind: FileKind])[] = [
  ["#!/bin/sh\n", "shell"],
  ["#!/usr/bin/env bash\necho", "shell"],
  ["#! /bin/bash -eu", "shell"],
  ["#!/usr/bin/dash\r\n", "shell"],
  ["#!/usr/bin/env ksh\n", "shell"],
  ["#!/usr/bin/env -S bash -euo pipefail\n", "shell"],
  ["#!/usr/bin/env -Sbash -eu\n", "shell"],
  ["#!/usr/bin/env -iS LANG=C bash\n", "shell"],
  ["#!/usr/bin/env --split-string=python3 -u\n", "python"],
  ["#!/usr/bin/env -u HOME A=b sh\n", "shell"],
  ["#!/nix/store/abc-bash-5.2/bin/bash\n", "shell"],
  ["#!/bin/busybox sh\n", "shell"],
  ["#!/usr/bin/env bats\n", "shell"],
  ["#!/usr/bin/python3.12\n", "python"],
  ["#!/usr/bin/env -S uv run --script\n", "python"],
  ["#!/usr/bin/env node\n", "javascript"],
  ["#!/usr/bin/env -S node --no-warnings\n", "javascript"],
  ["#!/usr/bin/env bun\n", "typescript"],
  ["#!/usr/bin/env -S deno run --allow-all\n", "typescript"],
  ["#!/usr/bin/env nix-shell\n#! nix-shell -i bash -p curl\n", "shell"],
  ["#!/usr/bin/env nix-shell\n#! nix-shell -p python3\n#! nix-shell -i python3\n", "python"],
  ["#!/usr/bin/env nix-shell\n//! nix-shell -i node\n", "javascript"],
  ["#!/usr/bin/env nix\n#! nix shell nixpkgs#bash --command bash\n", "shell"],
  ["#!/usr/bin/env -S nix shell nixpkgs#python3 -c python3\n", "python"],
  ["#!/usr/bin/env nix-shell\n", "other"],
  ["#!/usr/bin/zsh\n", "other"],
  ["#!/usr/bin/env fish\n", "other"],
  ["#!/usr/bin/perl\n", "other"],
  ["#!", "other"],
  ["#!/usr/bin/env\n", "other"],
  ["echo #!/bin/sh\n", "other"],
  [" #!/bin/sh\n", "other"],
  ["", "other"],
];

for (const [head, kind] of heads) {
  test(`a file without an extension that begins with ${JSON.stringify(head)} is ${kind}`, () => {
    expect(classify("bin/tool", head)).toBe(kind);
    expect(classify(".hook", head)).toBe(kind);
  });
}

test("a `#!` line does not change what an extension says", () => {
  expect(classify("a.py", "#!/bin/sh\n")).toBe("python");
  expect(classify("a.unknown", "#!/bin/sh\n")).toBe("other");
});

test("prose without an extension is text, unless it is a script", () => {
  expect(classify("LICENSE", "MIT\n")).toBe("text");
  expect(classify("install", "#!/bin/sh\n")).toBe("shell");
  expect(classify("README", "#!/usr/bin/perl\n")).toBe("other");
});

test("configuration files without an extension are JSON or YAML by their first character", () => {
  expect(classify(".prettierrc", "{}\n")).toBe("jsonc");
  expect(classify(".eslintrc", "// a comment\n{}\n")).toBe("jsonc");
  expect(classify(".prettierrc", "semi: false\n")).toBe("yaml");
});

test("a head is read only where the name does not tell", () => {
  for (const path of Object.keys(kinds).filter((name) => ![".zshrc", "trailing."].includes(name))) {
    expect([path, byName(path).kind]).toEqual([path, kinds[path]]);
  }
});

test("a workflow is YAML too, JSON with comments is JSON too, and each kind is itself", () => {
  expect(kindsOf("workflow")).toEqual(["workflow", "yaml"]);
  expect(kindsOf("jsonc")).toEqual(["jsonc", "json"]);
  for (const kind of fileKinds) {
    expect(kindsOf(kind)[0]).toBe(kind);
  }
});

test("lock files are known by their names", () => {
  for (const path of [
    "Cargo.lock",
    "a/yarn.lock",
    "package-lock.json",
    "flake.lock",
    "go.sum",
    ".terraform.lock.hcl",
  ]) {
    expect(isLockFile(path)).toBe(true);
  }
  for (const path of ["package.json", "lock.ts", "locks/a.json", "flake.nix"]) {
    expect(isLockFile(path)).toBe(false);
  }
});
