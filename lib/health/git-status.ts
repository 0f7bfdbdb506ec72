import type { GitStatus } from "./status.ts";
import type { World } from "./world.ts";

/** One `git status`; undefined outside of a repository. */
export async function readGitStatus(world: World): Promise<GitStatus | undefined> {
  const { worktree } = world.project;
  if (worktree === undefined) {
    return undefined;
  }
  const nothing = { branch: undefined, commit: undefined, changes: undefined, upstream: undefined };
  const git = world.which("git");
  if (git === undefined) {
    return nothing;
  }
  const ran = await world.run([git, "status", "--porcelain=v2", "--branch", "--ignore-submodules=dirty", "-z"], {
    cwd: worktree,
  });
  return ran.exitCode === 0 ? parseGitStatus(ran.stdout) : nothing;
}

/** Reads `git status --porcelain=v2 --branch -z` (git-status(1)). A renamed file has a second field, its old name. */
export function parseGitStatus(text: string): GitStatus {
  const counts = { staged: 0, changed: 0, untracked: 0, unmerged: 0 };
  const headers = new Map<string, string>();
  const rows = text.split("\0");
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] ?? "";
    const [, name, value] = /^# (\S+) (.*)$/s.exec(row) ?? [];
    if (name !== undefined && value !== undefined) {
      headers.set(name, value);
    } else if (row.startsWith("? ")) {
      counts.untracked += 1;
    } else if (row.startsWith("u ")) {
      counts.unmerged += 1;
    } else if (/^[12] /.test(row)) {
      counts.staged += row[2] === "." ? 0 : 1;
      counts.changed += row[3] === "." ? 0 : 1;
      index += row.startsWith("2 ") ? 1 : 0;
    }
  }
  const [, ahead, behind] = /^\+(\d+) -(\d+)$/.exec(headers.get("branch.ab") ?? "") ?? [];
  const upstream = headers.get("branch.upstream");
  const branch = headers.get("branch.head");
  const commit = headers.get("branch.oid");
  return {
    branch: branch === "(detached)" ? undefined : branch,
    commit: commit === "(initial)" ? undefined : commit,
    changes: counts,
    upstream:
      upstream === undefined ? undefined : { name: upstream, ahead: Number(ahead ?? 0), behind: Number(behind ?? 0) },
  };
}
