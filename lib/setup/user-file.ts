import { accessSync, constants, lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Problem } from "../core/problem.ts";
import { errorCode, fileProblem } from "../host/file-problem.ts";
import type { Change } from "./step.ts";

/** A file as it is now, and the change that would give it new text; `change` is undefined where nothing is due. */
export type PlannedFile =
  | { readonly ok: true; readonly before: string | undefined; readonly change: Change | undefined }
  | { readonly ok: false; readonly problem: Problem };

const notChanged = "not changed";

/**
 * What it takes to give a file of the user new text made from the old. A link to a file that the user may write is
 * followed, as a folder of dotfiles has it; one into the Nix store is home-manager's, and is refused with the lines to add.
 * `root` plans a change that root will make.
 */
export function planFile(
  path: string,
  make: (text: string) => string,
  lines: readonly string[],
  { root = false }: { readonly root?: boolean } = {}
): PlannedFile {
  const byHand = `add this to it yourself: ${lines.join(" ⏎ ")}`;
  const refuse = (why: string, hint = byHand): PlannedFile => ({
    ok: false,
    problem: { kind: "file", path, what: notChanged, why, hint },
  });
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) {
      return root || isWritableFolder(dirname(path))
        ? { ok: true, before: undefined, change: newFile(path, make(""), root) }
        : refuse("its folder cannot be written", byHand);
    }
    const target = stats.isSymbolicLink() ? realpathSync(path) : undefined;
    const real = target === undefined ? stats : statSync(path);
    if (!real.isFile()) {
      return refuse("it is no regular file");
    }
    const before = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
    const after = make(before);
    if (after === before) {
      return { ok: true, before, change: undefined };
    }
    if (target?.startsWith("/nix/store/") === true) {
      return refuse(`it is a link to ${target}: home-manager looks after it`, `in its configuration, ${byHand}`);
    }
    // A mode without write permission was set on purpose, and a rename would get round it: also for root.
    if ((real.mode & 0o222) === 0 || (!root && !isWritable(target ?? path))) {
      return refuse("it is marked read-only");
    }
    const more = { ...(target === undefined ? {} : { target }), ...(root ? { root } : {}) };
    return { ok: true, before, change: { kind: "file", path, before, after, ...more } };
  } catch (error) {
    if (error instanceof TypeError) {
      return refuse("it is not UTF-8 text");
    }
    if (errorCode(error) === "ENOENT") {
      return refuse("it is a link that leads nowhere");
    }
    return { ok: false, problem: { ...fileProblem(path, notChanged, error), hint: byHand } as Problem };
  }
}

function newFile(path: string, after: string, root: boolean): Change | undefined {
  return after === "" ? undefined : { kind: "file", path, before: undefined, after, ...(root ? { root } : {}) };
}

/** A folder that is not there yet counts by the nearest one above it. */
function isWritableFolder(folder: string): boolean {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) {
    return dirname(folder) !== folder && isWritableFolder(dirname(folder));
  }
  return stats.isDirectory() && (stats.mode & 0o222) !== 0 && isWritable(folder);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
