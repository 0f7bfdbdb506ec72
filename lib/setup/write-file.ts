import { chmodSync, copyFileSync, constants, linkSync, mkdirSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { errorCode, fileProblem } from "../host/file-problem.ts";
import { replaceFile } from "../host/files.ts";
import type { Change } from "./step.ts";

type FileChange = Extract<Change, { kind: "file" }>;

/**
 * Carries out the change of a file: whole or not at all, the old one kept beside it. Resolves with what was done; rejects
 * with a `ProblemError`, also where the file is no longer what the user was shown.
 */
export async function writeUserFile(change: FileChange, now: Date): Promise<string> {
  const { path, before, after, target } = change;
  try {
    if (before === undefined) {
      createFile(path, after);
      return `wrote ${path}`;
    }
    const backup = keepBackup(path, now);
    const written = await replaceFile(target ?? path, Buffer.from(after), Buffer.from(before));
    if (written === "written") {
      return `changed ${path}; what it was is in ${backup}`;
    }
    unlinkSync(backup);
    throw new ProblemError(written === "changed-meanwhile" ? changedMeanwhile(path) : written);
  } catch (error) {
    throw error instanceof ProblemError
      ? error
      : new ProblemError(
          errorCode(error) === "EEXIST" ? changedMeanwhile(path) : fileProblem(path, "not changed", error)
        );
  }
}

/** The name of a backup, made in UTC: `.bashrc.before-k-20260102T030405Z`. */
export function backupName(path: string, now: Date): string {
  return `${path}.before-k-${now.toISOString().replaceAll(/[-:]|\.\d+/g, "")}`;
}

/** A copy beside the file under a name that nothing has yet; throws system errors. */
function keepBackup(path: string, now: Date): string {
  const first = backupName(path, now);
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? first : `${first}-${count}`;
    try {
      copyFileSync(path, name, constants.COPYFILE_EXCL);
      chmodSync(name, statSync(path).mode & 0o777);
      return name;
    } catch (error) {
      if (errorCode(error) !== "EEXIST") {
        throw error;
      }
    }
  }
}

/** Under another name first, then linked: never half written, and never over another's file. */
function createFile(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.k-${crypto.randomUUID()}`;
  writeFileSync(temporary, text, { flag: "wx" });
  try {
    linkSync(temporary, path);
  } finally {
    unlinkSync(temporary);
  }
}

function changedMeanwhile(path: string): Problem {
  return {
    kind: "file",
    path,
    what: "not changed",
    why: "something else changed it just now",
    hint: "run `k setup` again",
  };
}
