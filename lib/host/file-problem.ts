import type { Problem } from "../core/problem.ts";

type Reason = readonly [why: string, hint?: string];

/** By errno name, as Linux and macOS give it. */
const reasons: Readonly<Record<string, Reason>> = {
  EACCES: ["permission denied", "look at its owner and mode, and at those of its folder, with ls -ld"],
  EBUSY: ["something else uses it"],
  EDQUOT: ["the disk quota is used up", "free some space, then run it again"],
  EIO: ["the disk reports an error"],
  EISDIR: ["it is a folder"],
  ELOOP: ["symbolic links lead in a circle"],
  EMFILE: ["too many files are open", "raise the limit with ulimit -n"],
  ENAMETOOLONG: ["its path is too long for this system"],
  ENFILE: ["too many files are open on this machine"],
  ENOENT: ["no such file or folder"],
  ENOSPC: ["no space is left on the disk", "free some space, then run it again"],
  ENOTDIR: ["a part of its path is not a folder"],
  EPERM: ["the system does not permit it", "it may be marked immutable (lsattr) or belong to someone else (ls -l)"],
  EROFS: ["the file system is read-only", "mount it writable, or work on a copy"],
  ETXTBSY: ["it is being executed"],
};

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Why a file operation failed, and where there is one what mends it. */
export function fileReason(error: unknown): { readonly why: string; readonly hint?: string } {
  const code = errorCode(error);
  const [why, hint] = (code === undefined ? undefined : reasons[code]) ?? [
    String(error instanceof Error ? error.message : error),
  ];
  return { why, ...(hint === undefined ? {} : { hint }) };
}

/** A failed file operation in words; `what` says what did not happen, such as `not read`. */
export function fileProblem(path: string, what: string, error: unknown): Problem {
  return { kind: "file", path, what, ...fileReason(error) };
}
