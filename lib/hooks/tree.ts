import { existsSync, lstatSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { gitProblem, runGit } from "../git/git.ts";
import { readWord, tryGit } from "./git-call.ts";
import { holdIndex } from "./index-file.ts";
import { jobEnv } from "./job-env.ts";
import type { Place } from "./place.ts";
import type { IndexRead } from "./read-index.ts";

/** No hook of the user's, no sparse checkout and no watcher has a say in a tree that is `k`'s own. */
const settings = [
  "core.hooksPath=/dev/null",
  "core.sparseCheckout=false",
  "core.fsmonitor=false",
  "advice.detachedHead=false",
];

/**
 * Brings the linked worktree `<git dir>/k/tree` to the staged content of the whole repository and returns it. It stays
 * from run to run, with the caches that tools keep in ignored files; what else they left there is removed. `links` are
 * ignored paths that tools need, such as `node_modules`: links to those of the working tree. Rejects with a `ProblemError`.
 */
export async function updateTree(
  place: Place,
  run: string,
  read: IndexRead,
  links: readonly string[]
): Promise<string> {
  const tree = join(place.folder, "tree");
  const index = join(run, "tree-index");
  holdIndex(read.heldIndex, index);
  const content = await readWord(place, ["write-tree"], { index });
  if (!existsSync(join(tree, ".git"))) {
    await makeTree(place, tree, read.head, content);
  }
  if (!(await fill(place, tree, content))) {
    // Its repository has moved, or someone broke it: nothing in it is worth keeping.
    rmSync(tree, { recursive: true, force: true });
    await makeTree(place, tree, read.head, content);
    await fill(place, tree, content, "or fail");
  }
  if (read.head !== undefined) {
    await setHead(place, tree, read.head);
  }
  for (const path of links) {
    linkInto(place.top, tree, path);
  }
  return tree;
}

async function makeTree(place: Place, tree: string, head: string | undefined, content: string): Promise<void> {
  // A worktree needs a commit to begin with; before the first one it gets one that no branch knows.
  const identity = ["user.name=k", "user.email=k@localhost", "commit.gpgSign=false"];
  const commit = head ?? (await readWord(place, ["commit-tree", content, "-m", "staged"], { settings: identity }));
  const args = ["worktree", "add", "--force", "--detach", "--no-checkout", tree, commit];
  const result = await tryGit(place, args, { settings });
  if (result.exitCode !== 0) {
    throw new ProblemError(gitProblem(args, result));
  }
}

/** False where git does not take the tree for a worktree of its own. */
async function fill(place: Place, tree: string, content: string, onFailure?: "or fail"): Promise<boolean> {
  const folder = repositoryOf(tree);
  if (folder === undefined) {
    return false;
  }
  // Only runs that hold the lock write here: a lock of git that is left is that of a killed one.
  rmSync(join(folder, "index.lock"), { force: true });
  for (const args of [
    ["read-tree", "--reset", "-u", content],
    ["clean", "-ffdq"],
  ]) {
    const result = await inTree(place, tree, args);
    if (result.exitCode === 0) {
      continue;
    }
    if (onFailure === undefined) {
      return false;
    }
    throw new ProblemError(gitProblem(args, result));
  }
  return true;
}

function inTree(place: Place, tree: string, args: readonly string[]): ReturnType<typeof runGit> {
  const words = [...settings.flatMap((setting) => ["-c", setting]), ...args];
  const env = { ...jobEnv(place.env), GIT_LFS_SKIP_SMUDGE: "1" };
  return runGit(words, { env, cwd: tree, ...(place.signal === undefined ? {} : { signal: place.signal }) });
}

function repositoryOf(tree: string): string | undefined {
  try {
    const target = /^gitdir: (.*)$/m.exec(readFileSync(join(tree, ".git"), "utf8"))?.[1];
    return target !== undefined && existsSync(resolve(tree, target)) ? resolve(tree, target) : undefined;
  } catch {
    return undefined;
  }
}

/** So that a tool that asks git for changes since HEAD sees those of the commit. */
async function setHead(place: Place, tree: string, head: string): Promise<void> {
  const file = join(repositoryOf(tree) ?? "", "HEAD");
  const text = readFileSync(file, "utf8");
  if (text === `${head}\n`) {
    return;
  }
  if (!/^[0-9a-f]{40,64}\n$/.test(text)) {
    await inTree(place, tree, ["update-ref", "--no-deref", "HEAD", head]);
    return;
  }
  writeFileSync(`${file}.k`, `${head}\n`);
  renameSync(`${file}.k`, file);
}

function linkInto(top: string, tree: string, path: string): void {
  const [from, to] = [join(top, path), join(tree, path)];
  if (!existsSync(from) || !existsSync(dirname(to)) || lstatSync(to, { throwIfNoEntry: false }) !== undefined) {
    return;
  }
  symlinkSync(from, to);
}
