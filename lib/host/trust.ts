import { renameSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { fileProblem } from "./file-problem.ts";
import { stateFolders } from "./folders.ts";
import { readRemotes } from "./git-remotes.ts";
import { machineLock } from "./machine-lock.ts";
import type { Project } from "./project.ts";
import { readTrustFile, type TrustedProject, type TrustList, writeTrustFile } from "./trust-file.ts";

type Env = Readonly<Record<string, string | undefined>>;
type Place = Pick<Project, "root" | "git">;

export type TrustAnswer =
  | { readonly trusted: true }
  /** `problem` says why the list could not be believed; to be shown once. */
  | {
      readonly trusted: false;
      readonly why: "never" | "remotes-changed" | "remotes-unreadable";
      readonly problem?: Problem;
    };

/** How long `k trust` waits for another one, in milliseconds. */
const patience = 10_000;

/** Has the user trusted this project, at this path and with these git remotes? Never throws. */
export function trustOf({ root, git }: Place, env: Env): TrustAnswer {
  const { projects, problem } = readTrustFile(fileOf(env));
  const entry = projects.find(({ path }) => path === root);
  if (entry === undefined) {
    return { trusted: false, why: "never", ...(problem === undefined ? {} : { problem }) };
  }
  const remotes = remotesOf(git);
  if (remotes === undefined) {
    return { trusted: false, why: "remotes-unreadable" };
  }
  return sameRemotes(entry.remotes, remotes) ? { trusted: true } : { trusted: false, why: "remotes-changed" };
}

/** `trustOf` without the reasons. */
export function isTrusted(project: Place, env: Env): boolean {
  return trustOf(project, env).trusted;
}

/** Writes down that the user trusts this project as it is now; resolves with what went wrong. */
export async function trust({ root, git }: Place, env: Env): Promise<readonly Problem[]> {
  const remotes = remotesOf(git);
  if (remotes === undefined) {
    const path = join(git?.commonDir ?? root, "config");
    return [{ kind: "file", path, what: "the project cannot be trusted", why: "its git remotes cannot be read" }];
  }
  const entry: TrustedProject = { path: root, remotes, since: new Date().toISOString() };
  return change(env, (projects) => [...projects.filter(({ path }) => path !== root), entry]);
}

/** Takes the trust back; nothing happens where there was none. */
export async function untrust({ root }: Pick<Place, "root">, env: Env): Promise<readonly Problem[]> {
  if (!readTrustFile(fileOf(env)).projects.some(({ path }) => path === root)) {
    return [];
  }
  return change(env, (projects) => projects.filter(({ path }) => path !== root));
}

/** All projects that the user trusts, also those that are no longer there. */
export function listTrusted(env: Env): TrustList {
  return readTrustFile(fileOf(env));
}

function fileOf(env: Env): string {
  return join(stateFolders(env).state, "trust.json");
}

function remotesOf(git: Place["git"]): readonly string[] | undefined {
  return git === undefined ? [] : readRemotes(git.commonDir);
}

function sameRemotes(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((url, index) => url === b[index]);
}

/** Reads, changes and writes the list while no other `k` does. A list that cannot be believed is put aside, not lost. */
async function change(
  env: Env,
  next: (projects: readonly TrustedProject[]) => readonly TrustedProject[]
): Promise<readonly Problem[]> {
  const file = fileOf(env);
  let release: (() => void) | undefined;
  try {
    release = await machineLock(
      join(stateFolders(env).state, "locks"),
      "trust",
      "exclusive",
      AbortSignal.timeout(patience)
    );
    if (release === undefined) {
      return [
        {
          kind: "file",
          path: file,
          what: "the trust is not written down",
          why: "another `k` is writing it for too long",
        },
      ];
    }
    const { projects, problem } = readTrustFile(file);
    if (problem !== undefined) {
      renameSync(file, `${file}.broken`);
    }
    writeTrustFile(file, next(projects));
    return [];
  } catch (error) {
    return [fileProblem(file, "the trust is not written down", error)];
  } finally {
    release?.();
  }
}
