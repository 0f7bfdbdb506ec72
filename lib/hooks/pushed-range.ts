import type { PushedRef } from "../core/hook.ts";
import { tryGit } from "./git-call.ts";
import type { Place } from "./place.ts";

/** Commits that a push brings to the remote. */
export interface PushedTip {
  /** The refs that come to point at it, without `refs/heads/` or `refs/tags/`. */
  readonly names: readonly string[];
  /** The full id. */
  readonly commit: string;
  /** As `git log` takes them: the commit, and what the remote has already. */
  readonly range: readonly string[];
}

/**
 * What of a push the remote does not have yet, a tip per commit that refs come to point at. Deleted refs bring nothing,
 * and neither do tags of what is no commit. What a forced push leaves behind is known only where it was fetched; beyond
 * that, all counts as known that `remote` (a name, or the URL of one that has none) was last seen with.
 */
export async function pushedTips(
  place: Place,
  pushed: readonly PushedRef[],
  remote: string
): Promise<readonly PushedTip[]> {
  const asked = pushed.flatMap(({ localId, remoteId }) => [localId, remoteId].filter((id) => id !== undefined));
  const commits = await commitsOf(place, asked);
  const known = pushed.flatMap(({ remoteId }) => (remoteId === undefined ? [] : (commits.get(remoteId) ?? [])));
  const tips = new Map<string, string[]>();
  for (const { localId, remoteRef } of pushed) {
    const commit = localId === undefined ? undefined : commits.get(localId);
    if (commit === undefined) {
      continue;
    }
    tips.set(commit, [...(tips.get(commit) ?? []), remoteRef.replace(/^refs\/(heads|tags)\//, "")]);
  }
  const seen = isName(remote) ? `--remotes=${remote}` : "--remotes";
  const excluded = [...new Set(known)];
  return [...tips].map(([commit, names]) => ({ names, commit, range: [commit, "--not", ...excluded, seen] }));
}

/** `--remotes=` takes a pattern, and a URL would be none. */
function isName(remote: string): boolean {
  return /^[\w.-]+(\/[\w.-]+)*$/.test(remote) && !remote.startsWith(".");
}

/** The commit behind each id that is here; tags are followed. */
async function commitsOf(place: Place, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const unique = [...new Set(ids)];
  const input = new TextEncoder().encode(unique.map((id) => `${id}^{commit}\n`).join(""));
  const { stdout } = await tryGit(place, ["cat-file", "--batch-check=%(objectname)"], { input });
  const lines = new TextDecoder().decode(stdout).split("\n");
  return new Map(
    unique.flatMap((id, index) =>
      /^[0-9a-f]{40,64}$/.test(lines[index] ?? "") ? [[id, lines[index] ?? ""] as const] : []
    )
  );
}
