import { closeSync, fstatSync, openSync, readFileSync, readSync, realpathSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { findGitFolder } from "../host/git-folder.ts";
import { errorCode } from "../host/file-problem.ts";
import { type GitOptions, gitEnv, runGit } from "./git.ts";
import { threadWords } from "./index-threads.ts";
import { decodeNul } from "./path-bytes.ts";

/**
 * What tells one state of a working tree from another, but for the content of the files that it names. Paths are
 * relative to the root. Two equal ones, with the same content in `changed` and `untracked`, are the same tree, except in
 * files that git does not look at (`assume-unchanged`, `skip-worktree`) or converts (line endings, filters).
 */
export interface WorkingState {
  /** Stands for all that the index holds: tracked paths, their modes and blobs, and how the files stood. */
  readonly index: string;
  /** The root's path from the top of the working tree, with a slash at its end; empty for the top itself. */
  readonly prefix: string;
  /** Tracked files whose content, mode or type is not that of the index, also those that are gone. */
  readonly changed: readonly string[];
  readonly untracked: readonly string[];
  /** Files and, with a slash at their end, folders that git ignores. */
  readonly ignored: readonly string[];
  /** What `core.autocrlf`, `core.eol` and `core.attributesFile` are set to, as git prints it. */
  readonly settings: string;
}

/**
 * What git is told whatever the user's settings say: that a file was not touched is believed only by all of its times, its
 * inode and its size, and never because a daemon says so.
 */
const strictly = ["core.trustctime=true", "core.checkStat=default", "core.fsmonitor=false", "core.ignoreStat=false"];

const status = [
  "status",
  "--porcelain=v2",
  "-z",
  "--untracked-files=all",
  "--ignored=matching",
  "--no-renames",
  "--no-ahead-behind",
  "--ignore-submodules=all",
  "--",
  ".",
];

const settings = ["config", "-z", "--get-regexp", "^core\\.(autocrlf|eol|attributesfile)$"];

/** What a configuration holds in which git would find something for `settings`, be it through other files. */
const mention = /autocrlf|eol|attributesfile|\[\s*include/i;

/**
 * The state of the working tree below an absolute folder: one git process, and a small one beside. Undefined where git does not
 * vouch for it: outside of a repository, where variables name another index or working tree, while somebody else writes the index,
 * and where a name or a folder cannot be read.
 */
export async function readWorkingState(root: string, git: GitOptions): Promise<WorkingState | undefined> {
  const folder = findGitFolder(root);
  if (folder === undefined || isSteered(git.env, root)) {
    return undefined;
  }
  const index = join(folder.repository, "index");
  const before = identifyIndex(index, folder.repository);
  const at = { ...git, cwd: root };
  const [listed, set] = await Promise.all([
    runGit([...strictly.flatMap((setting) => ["-c", setting]), ...threadWords(sizeOf(index)), ...status], at),
    maySet(folder.repository, git.env) ? runGit(settings, at) : undefined,
  ]);
  // git config: 1 where none is set
  if (listed.exitCode !== 0 || listed.stderr !== "" || (set?.exitCode ?? 0) > 1 || before === undefined) {
    return undefined;
  }
  if (identifyIndex(index, folder.repository) !== before) {
    return undefined;
  }
  const prefix = relative(folder.top, root);
  const rows = sortRows(listed.stdout, prefix === "" ? "" : `${prefix}/`);
  return rows === undefined
    ? undefined
    : {
        ...rows,
        index: before,
        prefix: prefix === "" ? "" : `${prefix}/`,
        settings: set === undefined ? "" : new TextDecoder().decode(set.stdout),
      };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * False where none of the files that git reads its settings from mentions them, so that it need not be asked. The system's is
 * where git was built to look, which is below its own folder, or `/etc`.
 */
function maySet(repository: string, env: GitOptions["env"]): boolean {
  const program = Bun.which("git", { PATH: env["PATH"] ?? "" });
  const real = program === null ? "" : realpathSync(program);
  const hasOwnSettings = Object.keys(env).some((name) => name.startsWith("GIT_CONFIG"));
  // Apple's, and whatever stands in for git, look in places of their own.
  if (process.platform !== "linux" || basename(real) !== "git" || hasOwnSettings) {
    return true;
  }
  const home = env["HOME"] ?? "/";
  const files = [
    join(repository, "config"),
    join(repository, "config.worktree"),
    join(repository, "../../config"),
    join(home, ".gitconfig"),
    join(env["XDG_CONFIG_HOME"] ?? join(home, ".config"), "git/config"),
    "/etc/gitconfig",
    join(real, "../../etc/gitconfig"),
  ];
  return files.some((file) => mention.test(textOf(file)));
}

/** Empty where there is none; what cannot be read is left to git to say. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR" ? "" : "[include";
  }
}

function isSteered(env: GitOptions["env"], root: string): boolean {
  const given = gitEnv(env, root);
  return ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_CEILING_DIRECTORIES"].some(
    (name) => given[name] !== undefined
  );
}

/** Long enough for SHA-256. */
const checksumBytes = 32;

/**
 * By what an index is known: the checksum over all of it with which git ends it (gitformat-index(5)), which of a split index
 * covers the name of the other half, itself a checksum. Where `index.skipHash` leaves zeros there, by all bytes. Empty where
 * there is no index, undefined where it cannot be read.
 */
function identifyIndex(index: string, repository: string): string | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(index, "r");
  } catch (error) {
    return errorCode(error) === "ENOENT" ? "" : undefined;
  }
  try {
    const { size } = fstatSync(descriptor);
    const end = new Uint8Array(checksumBytes);
    readSync(descriptor, end, 0, checksumBytes, Math.max(0, size - checksumBytes));
    const isSigned = end.subarray(-20).some((byte) => byte !== 0);
    return isSigned ? `${size} ${end.toHex()}` : hashIndex(descriptor, repository);
  } catch {
    return undefined;
  } finally {
    closeSync(descriptor);
  }
}

function hashIndex(descriptor: number, repository: string): string {
  const hash = new Bun.CryptoHasher("sha256").update(readFileSync(descriptor));
  for (const name of new Bun.Glob("sharedindex.*").scanSync({ cwd: repository })) {
    hash.update(name).update(readFileSync(join(repository, name)));
  }
  return hash.digest("hex");
}

type Rows = Pick<WorkingState, "changed" | "untracked" | "ignored">;

/** Undefined where a path is not UTF-8. */
function sortRows(bytes: Uint8Array, prefix: string): Rows | undefined {
  let odd = false;
  const rows = { changed: [] as string[], untracked: [] as string[], ignored: [] as string[] };
  for (const row of decodeNul(bytes, () => (odd = true))) {
    switch (row[0]) {
      case "1":
        // `1 XY sub mH mI mW hH hI path`
        if (row[3] !== ".") {
          rows.changed.push(behind(row, 8).slice(prefix.length));
        }
        break;
      case "u":
        rows.changed.push(behind(row, 10).slice(prefix.length));
        break;
      case "?":
        rows.untracked.push(row.slice(2 + prefix.length));
        break;
      case "!":
        rows.ignored.push(row.slice(2 + prefix.length));
        break;
      default:
        odd = true;
    }
  }
  return odd ? undefined : rows;
}

/** What stands behind so many words. */
function behind(row: string, words: number): string {
  let at = 0;
  for (let word = 0; word < words; word += 1) {
    at = row.indexOf(" ", at) + 1;
  }
  return row.slice(at);
}
