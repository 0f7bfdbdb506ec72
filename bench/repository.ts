import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { call } from "./process.ts";

/** A git repository made for a measurement. */
export interface Repository {
  /** Absolute. */
  readonly root: string;
  git(...args: readonly string[]): string;
  /** Text that begins with `#!` becomes executable. */
  write(files: Readonly<Record<string, string>>): void;
}

export function openRepository(root: string, env: Readonly<Record<string, string>>): Repository {
  return {
    root,
    git: (...args) => call({ argv: ["git", ...args], cwd: root, env }),
    write(files) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content, content.startsWith("#!") ? { mode: 0o755 } : {});
      }
    },
  };
}

/** A repository with one commit of these files, packed as a clone is. */
export function makeRepository(
  root: string,
  files: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>>
): Repository {
  mkdirSync(root, { recursive: true });
  const repository = openRepository(root, env);
  repository.git("init", "--quiet", "--initial-branch=main");
  // Nothing of git's own housekeeping may fall into a run.
  repository.git("config", "gc.auto", "0");
  repository.git("config", "maintenance.auto", "false");
  repository.write(files);
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--no-verify", "--message=start");
  repository.git("repack", "-a", "-d", "--quiet");
  return repository;
}

/** So many lines that no other file and no other round has. */
export function uniqueText(path: string, round: number, lines: number): string {
  return Array.from({ length: lines }, (_, line) => `${path} round ${round} line ${line}\n`).join("");
}
