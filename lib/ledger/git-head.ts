import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface GitHead {
  readonly branch?: string;
  /** The full id; left out before the first commit, and where the repository keeps refs in another way than as files. */
  readonly commit?: string;
}

/** What is checked out, read from the files themselves: git is not started for it. `commonDir` is what worktrees share. */
export function gitHead(gitDir: string, commonDir: string): GitHead {
  const head = read(join(gitDir, "HEAD"));
  const ref = /^ref: (.+)$/.exec(head)?.[1];
  if (ref === undefined) {
    return isId(head) ? { commit: head } : {};
  }
  const loose = read(join(commonDir, ref));
  const commit = isId(loose) ? loose : packed(commonDir, ref);
  return { branch: ref.replace(/^refs\/heads\//, ""), ...(commit === undefined ? {} : { commit }) };
}

/** A line of `packed-refs` is an id, a blank and the ref (git-pack-refs(1)). */
function packed(commonDir: string, ref: string): string | undefined {
  const line = read(join(commonDir, "packed-refs"))
    .split("\n")
    .find((one) => one.endsWith(` ${ref}`));
  return line?.split(" ", 1)[0];
}

function isId(text: string): boolean {
  return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
