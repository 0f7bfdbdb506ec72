import { join } from "node:path";
import type { Hook, PushedRef } from "../core/hook.ts";
import { type Problem, ProblemError } from "../core/problem.ts";
import type { GitOptions } from "../git/git.ts";
import { type Content, indexPaths, scanPlaced } from "./content.ts";
import { readWord, tryGit } from "./git-call.ts";
import type { Place } from "./place.ts";
import { isUntouched, markOf } from "./working-file.ts";

/** Over what a hook is run: what it looks at by itself, or what a user names. */
export type Over =
  | { readonly kind: "usual" }
  /** All files that git tracks, as they are in the working tree. */
  | { readonly kind: "all" }
  /** These, from the top, as they are in the working tree, tracked or not. */
  | { readonly kind: "files"; readonly paths: readonly string[] }
  /** Files that changed from the merge base of the two to the second, as they are there. */
  | { readonly kind: "range"; readonly from: string; readonly to: string };

/** One thing to look at; opened one after the other, since they share a place on the disk. */
export interface Opener {
  /** What it is called where there are several to look at, else empty. */
  readonly name: string;
  /** Which jobs it is for: of a push, those that look at no content run once, whatever the number of commits. */
  readonly takes: "all" | "content" | "once";
  open(): Promise<Content>;
}

interface Asked {
  readonly over: Over;
  readonly args: readonly string[];
  readonly pushed: readonly PushedRef[];
}

/** What a hook looks at. Rejects with a `ProblemError`. */
export async function openersOf(
  { looksAt }: Pick<Hook, "looksAt">,
  { over, args, pushed }: Asked,
  place: Place,
  git: GitOptions
): Promise<readonly Opener[]> {
  if (looksAt === "message" || looksAt === "nothing") {
    return [{ name: "", takes: "all", open: async () => emptyContent(place.top, git) }];
  }
  switch (over.kind) {
    case "all":
      return [{ name: "", takes: "all", open: () => openWorkingContent(place.top, git, undefined) }];
    case "files":
      return [{ name: "", takes: "all", open: () => openWorkingContent(place.top, git, over.paths) }];
    case "range":
      return [{ name: "", takes: "all", open: () => openRange(place, over, git) }];
    case "usual":
      break;
  }
  if (looksAt === "staged") {
    const { openStagedContent } = await import("./staged-content.ts");
    return [{ name: "", takes: "all", open: () => openStagedContent(place.top, git) }];
  }
  const [{ pushedTips }, { readLog }, { openCommitContent }] = await Promise.all([
    import("./pushed-range.ts"),
    import("./commit-log.ts"),
    import("./commit-content.ts"),
  ]);
  const tips = await pushedTips(place, pushed, args[0] ?? "");
  const once: Opener = { name: "", takes: "once", open: async () => emptyContent(place.top, git) };
  const opened = tips.map(
    ({ names, commit, range }): Opener => ({
      name: tips.length === 1 ? "" : (names[0] ?? commit.slice(0, 12)),
      takes: "content",
      async open() {
        const log = await readLog(place, range);
        return openCommitContent(place, commit, new Set(log.map(({ path }) => path)), log, git);
      },
    })
  );
  return [once, ...opened];
}

function emptyContent(top: string, git: GitOptions): Content {
  return {
    groups: [],
    history: [],
    notices: [],
    whole: async () => ({ folder: top, isCopy: false }),
    allPaths: () => indexPaths(top, git),
    [Symbol.asyncDispose]: async () => {},
  };
}

async function openWorkingContent(top: string, git: GitOptions, only: readonly string[] | undefined): Promise<Content> {
  const { listProject } = await import("../git/files.ts");
  const { files, odd } = await listProject(top, git);
  const tracked = files.filter((file) => file.tracked);
  const wanted = only === undefined ? tracked : files.filter(({ path }) => only.includes(path));
  refuseUnknown((only ?? []).filter((path) => !wanted.some((file) => file.path === path)));
  const marks = wanted
    .map(({ path }) => [path, markOf(join(top, path))] as const)
    .filter(([, mark]) => mark !== undefined);
  return {
    groups: await scanPlaced(top, [{ base: top, isCopy: false, files: wanted }], git),
    history: [],
    notices: only !== undefined ? [] : odd.map(({ path, reason }) => `${path}: left out: ${reason}`),
    whole: async () => ({ folder: top, isCopy: false }),
    allPaths: async () => tracked.map(({ path }) => path),
    touched: () => marks.filter(([path, mark]) => !isUntouched(mark, markOf(join(top, path)))).map(([path]) => path),
    [Symbol.asyncDispose]: async () => {},
  };
}

function refuseUnknown(paths: readonly string[]): void {
  const problems = paths.map(
    (path): Problem => ({
      kind: "wrong-use",
      message: `git knows no file ${path}`,
      hint: "name files, not folders, that are there and that git does not ignore",
    })
  );
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
}

async function openRange(
  place: Place,
  { from, to }: { readonly from: string; readonly to: string },
  git: GitOptions
): Promise<Content> {
  const [start, end] = await Promise.all([commitOf(place, from), commitOf(place, to)]);
  const args = [
    "diff",
    "--name-only",
    "-z",
    "--no-renames",
    "--no-ext-diff",
    "--ignore-submodules=all",
    "--diff-filter=d",
    "--merge-base",
    start,
    end,
    "--",
  ];
  const changed = await tryGit(place, args);
  // Histories with nothing in common have no merge base: then the two are compared themselves.
  const { stdout } =
    changed.exitCode === 0
      ? changed
      : await tryGit(
          place,
          args.filter((word) => word !== "--merge-base")
        );
  const paths = new TextDecoder()
    .decode(stdout)
    .split("\0")
    .filter((path) => path !== "");
  const { openCommitContent } = await import("./commit-content.ts");
  return openCommitContent(place, end, new Set(paths), [], git);
}

async function commitOf(place: Place, word: string): Promise<string> {
  const found = await tryGit(place, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${word}^{commit}`]);
  if (found.exitCode === 0) {
    return new TextDecoder().decode(found.stdout).trim();
  }
  const problem: Problem = {
    kind: "wrong-use",
    message: `no commit is called ${word}`,
    hint: "name a branch, tag or commit; `git fetch` brings those of the remote",
  };
  throw new ProblemError(problem);
}

/** What a push from here would be, for who runs pre-push without one: this branch to its upstream. */
export async function supposedPush(place: Place): Promise<readonly PushedRef[]> {
  const localId = await readWord(place, ["rev-parse", "--verify", "HEAD^{commit}"]);
  const upstream = await tryGit(place, ["rev-parse", "--verify", "--quiet", "@{upstream}^{commit}"]);
  const remoteId = upstream.exitCode === 0 ? new TextDecoder().decode(upstream.stdout).trim() : undefined;
  return [{ localRef: "HEAD", localId, remoteRef: "HEAD", remoteId }];
}
