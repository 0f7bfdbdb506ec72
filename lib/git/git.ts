import { type Problem, ProblemError } from "../core/problem.ts";
import { findGitFolder, isSamePlace } from "../host/git-folder.ts";

/** What every call of git is made with. */
export interface GitOptions {
  /** The user's environment; in a hook it says which index is meant (`GIT_INDEX_FILE`). */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

export interface GitResult {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** The exit code of a shell whose command is not there; git itself never ends with it. */
export const gitMissing = 127;

/** Settings of the user that would change what is read here. */
const settings = ["core.quotepath=false", "diff.autoRefreshIndex=true", "submodule.recurse=false"];

/**
 * One short read by git: it takes no lock, asks nothing, and speaks English. Never rejects; a git that is not on PATH
 * is exit code 127. Pathspecs are taken literally.
 */
export async function runGit(
  args: readonly string[],
  options: GitOptions & { readonly cwd: string; readonly input?: Uint8Array }
): Promise<GitResult> {
  const env: Record<string, string | undefined> = {
    ...gitEnv(options.env, options.cwd),
    // The one command that refuses it; it takes its paths literally anyhow.
    GIT_LITERAL_PATHSPECS: args[0] === "check-ignore" ? undefined : "1",
  };
  const program = Bun.which("git", { PATH: env.PATH ?? "" });
  if (program === null) {
    return { exitCode: gitMissing, stdout: new Uint8Array(), stderr: "git is not on PATH" };
  }
  const argv = [program, "--no-pager", ...settings.flatMap((setting) => ["-c", setting]), ...args];
  try {
    const child = Bun.spawn(argv, {
      cwd: options.cwd,
      env,
      stdin: options.input ?? "ignore",
      stdout: "pipe",
      stderr: "pipe",
      // A group of its own, since what git starts holds its output too.
      detached: options.signal !== undefined,
    });
    const end = (): void => endGroup(child.pid);
    options.signal?.addEventListener("abort", end);
    if (options.signal?.aborted === true) {
      end();
    }
    try {
      const [stdout, stderr, exitCode] = await Promise.all([child.stdout.bytes(), child.stderr.text(), child.exited]);
      return { exitCode, stdout, stderr };
    } finally {
      // By then its number may be somebody else's.
      options.signal?.removeEventListener("abort", end);
    }
  } catch (error) {
    // The folder is gone, or the program cannot be started.
    return { exitCode: 126, stdout: new Uint8Array(), stderr: error instanceof Error ? error.message : String(error) };
  }
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGTERM");
  } catch {
    // It is over.
  }
}

/**
 * A hook in a linked worktree gets `GIT_DIR` without `GIT_WORK_TREE`: below the top folder git would then take the
 * current folder for the whole work tree. Where the search from `cwd` leads to the same repository, it is left out.
 */
export function gitEnv(given: GitOptions["env"], cwd: string): Record<string, string | undefined> {
  const { GIT_DIR, GIT_PREFIX: _prefix, GIT_EXTERNAL_DIFF: _diff, ...rest } = given;
  const own = {
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    GIT_EDITOR: ":",
    GIT_TRACE: undefined,
    // Else `check-attr --stdin` writes each row by itself into a pipe, four times as slow.
    GIT_FLUSH: "0",
    GIT_GLOB_PATHSPECS: undefined,
    GIT_NOGLOB_PATHSPECS: undefined,
    GIT_ICASE_PATHSPECS: undefined,
    LC_ALL: "C",
    LANGUAGE: undefined,
  };
  if (GIT_DIR === undefined) {
    return { ...rest, ...own };
  }
  const found = rest.GIT_WORK_TREE === undefined ? findGitFolder(cwd) : undefined;
  const isRedundant = found !== undefined && isSamePlace(found.repository, GIT_DIR);
  return { ...rest, ...(isRedundant ? {} : { GIT_DIR }), ...own };
}

/** The bytes that git printed; rejects with a `ProblemError` where it exits other than 0. */
export async function readGit(args: readonly string[], options: Parameters<typeof runGit>[1]): Promise<Uint8Array> {
  const result = await runGit(args, options);
  if (result.exitCode !== 0) {
    throw new ProblemError(gitProblem(args, result));
  }
  return result.stdout;
}

/** What git said when it failed, with the command that mends it where that is known. */
export function gitProblem(args: readonly string[], { exitCode, stderr }: GitResult): Problem {
  if (exitCode === gitMissing) {
    return { kind: "tool-missing", tool: "git", install: "`apt-get install git` brings it" };
  }
  const lines = stderr.split("\n").filter((line) => line.trim() !== "");
  const why =
    lines.find((line) => /^(fatal|error): /.test(line))?.replace(/^\w+: /, "") ??
    lines[0] ??
    `it exited with ${exitCode}`;
  const hint = hintFor(stderr);
  return { kind: "git", command: `git ${args[0] ?? ""}`, why, ...(hint === undefined ? {} : { hint }) };
}

function hintFor(stderr: string): string | undefined {
  const command = /^\s*(git config --global --add safe\.directory .*)$/m.exec(stderr)?.[1];
  if (command !== undefined) {
    return `if you trust its owner: ${command}`;
  }
  if (/not a git repository: /.test(stderr)) {
    return "its .git file names a repository that is not there: `git worktree repair` where that is, or remove the file";
  }
  if (/index file corrupt|bad index file|bad signature/.test(stderr)) {
    return "the index is damaged: move .git/index away, then `git reset` makes it anew from the last commit; stage again what was staged";
  }
  return undefined;
}
