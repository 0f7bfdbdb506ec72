import { linkSync, mkdirSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Problem, ProblemError } from "../core/problem.ts";
import { errorCode, fileProblem } from "../host/file-problem.ts";
import { replaceFile } from "../host/files.ts";
import { inspect } from "../host/inspect.ts";
import type { ScaffoldFile } from "./scaffold.ts";

/** Writes all of them or none: a file that is there is never written over. Rejects with a `ProblemError`. */
export async function writeScaffold(root: string, files: readonly ScaffoldFile[]): Promise<void> {
  const taken = files.filter(
    ({ path, before }) => before === undefined && inspect(join(root, path)).type !== "missing"
  );
  if (taken.length > 0) {
    throw new ProblemError(...taken.map(({ path }) => isThere(path)));
  }
  const made: string[] = [];
  try {
    for (const { path, text, before } of files) {
      if (before === undefined) {
        create(join(root, path), text);
        made.push(join(root, path));
      } else {
        await change(join(root, path), before, text);
      }
    }
  } catch (error) {
    for (const path of made) {
      unlinkSync(path);
    }
    throw error;
  }
}

function create(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.k-${crypto.randomUUID()}`;
    writeFileSync(temporary, text, { flag: "wx" });
    try {
      linkSync(temporary, path);
    } finally {
      unlinkSync(temporary);
    }
  } catch (error) {
    throw new ProblemError(errorCode(error) === "EEXIST" ? isThere(path) : fileProblem(path, "not written", error));
  }
}

async function change(path: string, before: string, text: string): Promise<void> {
  const outcome = await replaceFile(path, Buffer.from(text), Buffer.from(before));
  if (outcome === "changed-meanwhile") {
    throw new ProblemError({
      kind: "file",
      path,
      what: "not changed",
      why: "something else changed it",
      hint: "run it again",
    });
  }
  if (outcome !== "written") {
    throw new ProblemError(outcome);
  }
}

function isThere(path: string): Problem {
  return {
    kind: "file",
    path,
    what: "not written",
    why: "it is there already",
    hint: "move it away, or choose another name",
  };
}
