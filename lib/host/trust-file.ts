import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import type { Problem } from "../core/problem.ts";
import { errorCode, fileProblem } from "./file-problem.ts";

/** A project that the user trusts, as it was then. */
export interface TrustedProject {
  /** Absolute, without symbolic links. */
  readonly path: string;
  /** URLs of its git remotes, sorted. */
  readonly remotes: readonly string[];
  /** When the user said so, in ISO 8601. */
  readonly since: string;
}

export interface TrustList {
  readonly projects: readonly TrustedProject[];
  /** Set where there is a list that cannot be believed: then it counts as empty. */
  readonly problem?: Problem;
}

/** Reads the list. A file that is broken, or that others than its user may write, trusts nobody. */
export function readTrustFile(path: string): TrustList {
  let descriptor: number;
  try {
    // A pipe of that name would hold a plain open.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const code = errorCode(error);
    return {
      projects: [],
      ...(code === "ENOENT" || code === "ENOTDIR"
        ? {}
        : { problem: fileProblem(path, "no project is trusted", error) }),
    };
  }
  try {
    if (!fstatSync(descriptor).isFile()) {
      return distrusted(path, "it is not a regular file", `look at ${path}`);
    }
    const why = whyNotOurs(fstatSync(descriptor)) ?? whyNotOurs(statSync(dirname(path)));
    if (why !== undefined) {
      return distrusted(path, why, `chmod 700 ${dirname(path)} && chmod 600 ${path}`);
    }
    const projects = parseTrust(readFileSync(descriptor, "utf8"));
    return projects === undefined
      ? distrusted(path, "it is damaged", "run `k trust` again in each project that you trust")
      : { projects };
  } catch (error) {
    return { projects: [], problem: fileProblem(path, "no project is trusted", error) };
  } finally {
    closeSync(descriptor);
  }
}

/** Writes the list whole, under another name first: a reader sees the old one or the new one. Throws system errors. */
export function writeTrustFile(path: string, projects: readonly TrustedProject[]): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if ((statSync(folder).mode & 0o777) !== 0o700) {
    chmodSync(folder, 0o700);
  }
  const temporary = `${path}.${process.pid}.${crypto.randomUUID()}`;
  try {
    const descriptor = openSync(temporary, "wx", 0o600);
    try {
      writeSync(descriptor, `${JSON.stringify({ version: 1, projects }, undefined, 2)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function distrusted(path: string, why: string, hint: string): TrustList {
  return { projects: [], problem: { kind: "file", path, what: "no project is trusted", why, hint } };
}

/** As ssh judges its files: owned by this user or by root, and written by nobody else. */
function whyNotOurs({ uid, mode }: Stats): string | undefined {
  const own = process.getuid?.();
  if (own !== undefined && uid !== own && uid !== 0) {
    return "it belongs to another user";
  }
  return (mode & 0o022) === 0 ? undefined : "other users may write it";
}

function parseTrust(text: string): readonly TrustedProject[] | undefined {
  try {
    const read = JSON.parse(text) as { version?: unknown; projects?: unknown } | null;
    if (read?.version !== 1 || !Array.isArray(read.projects)) {
      return undefined;
    }
    return read.projects.every(isTrustedProject) ? read.projects : undefined;
  } catch {
    return undefined;
  }
}

function isTrustedProject(value: unknown): value is TrustedProject {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const { path, remotes, since } = value as Readonly<Record<string, unknown>>;
  return (
    typeof path === "string" &&
    typeof since === "string" &&
    Array.isArray(remotes) &&
    remotes.every((url) => typeof url === "string")
  );
}
