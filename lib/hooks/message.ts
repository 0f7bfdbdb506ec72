import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { ProblemError } from "../core/problem.ts";
import { type GitOptions, runGit } from "../git/git.ts";
import { fileProblem } from "../host/file-problem.ts";

/** A commit message as git hands it to a hook. */
export interface CommitMessage {
  /** Absolute. */
  readonly file: string;
  /** With its comments where git takes those away, else without what is below the scissors; lines stand where they stand in the file. */
  readonly text: string;
  /** What git will keep: without comments, what is below the scissors, and blank lines around it. */
  readonly kept: string;
  /** What begins a comment; undefined where git keeps such lines. */
  readonly comment: string | undefined;
}

/** Settings that say what of a message is kept. */
export interface MessageSettings {
  /** `core.commentChar` or `core.commentString`. */
  readonly comment: string | undefined;
  /** `commit.cleanup`. */
  readonly cleanup: string | undefined;
  /** `i18n.commitEncoding`. */
  readonly encoding: string | undefined;
}

/** Rejects with a `ProblemError` where the file cannot be read. */
export async function readMessage(path: string, top: string, git: GitOptions): Promise<CommitMessage> {
  const file = resolve(top, path);
  const settings = await readSettings(top, git);
  try {
    // Git says by this editor that it will start none: what is in the file was not typed between its comments.
    const isEdited = git.env["GIT_EDITOR"] !== ":";
    return { file, ...parseMessage(decode(readFileSync(file), settings.encoding), settings, isEdited) };
  } catch (error) {
    throw new ProblemError(fileProblem(file, "the message is not checked", error));
  }
}

async function readSettings(top: string, git: GitOptions): Promise<MessageSettings> {
  const pattern = "^(core\\.comment(char|string)|commit\\.cleanup|i18n\\.commitencoding)$";
  const asked = await runGit(["config", "-z", "--get-regexp", pattern], { ...git, cwd: top });
  const rows = new TextDecoder()
    .decode(asked.stdout)
    .split("\0")
    .map((row) => row.split("\n"));
  // The last value counts; the two names of the comment are one setting.
  const value = (...names: readonly string[]): string | undefined =>
    rows.findLast(([name = ""]) => names.includes(name))?.[1];
  return {
    comment: value("core.commentchar", "core.commentstring"),
    cleanup: value("commit.cleanup"),
    encoding: value("i18n.commitencoding"),
  };
}

function decode(bytes: Uint8Array, encoding: string | undefined): string {
  try {
    return new TextDecoder((encoding ?? "utf-8") as "utf-8", { ignoreBOM: true }).decode(bytes);
  } catch {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  }
}

/** Characters that `core.commentChar = auto` chooses from (git's builtin/commit.c). */
const choices = "#;@!$%^&|:";

/** `isEdited` is false where git starts no editor: then it keeps lines that look like comments (git-commit(1), `--cleanup`). */
export function parseMessage(text: string, settings: MessageSettings, isEdited: boolean): Omit<CommitMessage, "file"> {
  const prefix = settings.comment === "auto" ? guessPrefix(text) : (settings.comment ?? "#");
  const cleanup =
    settings.cleanup === undefined || settings.cleanup === "default"
      ? isEdited
        ? "strip"
        : "whitespace"
      : settings.cleanup;
  const lines = text.split(/\r?\n/);
  const scissors = `${prefix} ------------------------ >8 ------------------------`;
  const end = isEdited || cleanup === "scissors" ? lines.indexOf(scissors) : -1;
  const above = end < 0 ? lines : lines.slice(0, end);
  const isStripped = cleanup === "strip";
  const kept = isStripped ? above.filter((line) => !line.startsWith(prefix)) : above;
  return {
    text: isStripped ? text : above.join("\n"),
    kept: kept.join("\n").trim(),
    comment: isStripped ? prefix : undefined,
  };
}

/** Git took one that began no line of the message then; its own comments stand at the end. */
function guessPrefix(text: string): string {
  const last = text.split(/\r?\n/).findLast((line) => line !== "");
  const first = last?.[0] ?? "#";
  return choices.includes(first) ? first : "#";
}

/** What git itself writes, and what a rebase takes away again. */
const written = /^(Merge |Revert "|Reapply "|fixup! |squash! |amend! )/;

/** Why a message is not to be judged; undefined where it is. */
export function whyNotJudged({ kept }: Pick<CommitMessage, "kept">, isMerging: boolean): string | undefined {
  if (kept === "") {
    return "the message is empty";
  }
  if (isMerging) {
    return "a merge";
  }
  return written.test(kept) ? "git wrote it" : undefined;
}
