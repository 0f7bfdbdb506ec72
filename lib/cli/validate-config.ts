import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { configFiles } from "../config/load.ts";
import { validateFile } from "../config/validate-file.ts";
import { fileKinds } from "../core/file-kind.ts";
import { ProblemError } from "../core/problem.ts";
import { toolNames } from "../tools/index.ts";
import type { Opened } from "./open-project.ts";

/** Checks a file, or those of the project; resolves with what was checked, rejects with all that is wrong and where. */
export function validateConfig(file: string | undefined, { project, cwd }: Opened): Promise<string> {
  const paths =
    file === undefined
      ? configFiles.map((name) => join(project.root, name)).filter((path) => existsSync(path))
      : [resolve(cwd, file)];
  const labels = paths.map((path) => (file === undefined ? relative(project.root, path) : file));
  const problems = paths.flatMap((path, index) =>
    validateFile({ path, label: labels[index] ?? path, toolNames, kindNames: fileKinds })
  );
  if (problems.length > 0) {
    return Promise.reject(new ProblemError(...problems));
  }
  const text =
    labels.length === 0 ? "there is no konductor.toml here: the defaults hold" : `valid: ${labels.join(", ")}`;
  return Promise.resolve(`${text}\n`);
}
