import { join } from "node:path";
import type { HookName } from "../core/hook.ts";
import type { Problem } from "../core/problem.ts";
import { type GitOptions, runGit } from "../git/git.ts";
import { textOf } from "../host/text-of.ts";
import { type HooksFolder, whyNotOurs } from "./hooks-folder.ts";
import { isExecutable, type Setup, shimFor, standingAt } from "./install.ts";
import { findOtherManagers, managerOf, type OtherManager } from "./other-managers.ts";
import { keptSuffix, probeVariable } from "./shim.ts";

/** How one hook stands; `fires` is found out by having git run it. */
export interface HookStatus {
  readonly hook: HookName;
  readonly state: "fires" | "missing" | "foreign" | "not-executable" | "outdated" | "silent";
  /** The manager or file that is in the way, or why it does not fire. */
  readonly detail?: string;
  /** What was there before, and runs first: the manager whose it is, where that can be told. */
  readonly keeps?: string;
}

export interface SetupStatus {
  readonly folder: HooksFolder;
  readonly hooks: readonly HookStatus[];
  readonly others: readonly OtherManager[];
  /** Commands that git's config itself names for hooks (`hook.NAME.command`, git 2.54). */
  readonly configured: readonly string[];
  readonly problems: readonly Problem[];
}

/** How the hooks of a repository stand. Each of `k`'s is run by git once, told to do nothing but to say that it was reached. */
export async function readStatus(setup: Setup, wanted: readonly HookName[], git: GitOptions): Promise<SetupStatus> {
  const [hooks, configured] = await Promise.all([
    Promise.all(wanted.map((hook) => statusOf(setup, hook, git))),
    configuredHooks(setup.top, git),
  ]);
  const refusal = whyNotOurs(setup.folder);
  return {
    folder: setup.folder,
    hooks,
    others: findOtherManagers(setup.top),
    configured,
    problems: refusal === undefined ? problemsOf(hooks) : [refusal],
  };
}

async function statusOf(setup: Setup, hook: HookName, git: GitOptions): Promise<HookStatus> {
  const path = join(setup.folder.path, hook);
  const kept = keptName(path);
  const keeps = kept === undefined ? {} : { keeps: kept };
  switch (standingAt(path)) {
    case "nothing":
      return { hook, state: "missing", ...keeps };
    case "foreign":
      return { hook, state: "foreign", detail: managerOf(textOf(path)) ?? "another program", ...keeps };
    case "ours":
      break;
  }
  if (!isExecutable(path)) {
    return { hook, state: "not-executable", ...keeps };
  }
  if (textOf(path) !== shimFor(setup, hook)) {
    return { hook, state: "outdated", ...keeps };
  }
  const why = await probe(setup.top, hook, path, git);
  return why === undefined ? { hook, state: "fires", ...keeps } : { hook, state: "silent", detail: why, ...keeps };
}

/** What is kept beside a hook; undefined where nothing is. */
function keptName(path: string): string | undefined {
  if (standingAt(path + keptSuffix) === "nothing") {
    return undefined;
  }
  return managerOf(textOf(path + keptSuffix)) ?? "the hook from before";
}

/** Has git run the hook; why that did not reach `k`, or undefined. */
async function probe(top: string, hook: HookName, path: string, git: GitOptions): Promise<string | undefined> {
  const token = `reached-${crypto.randomUUID()}`;
  const { GIT_INDEX_FILE: _index, ...env } = git.env;
  const at = { ...git, env: { ...env, [probeVariable]: token }, cwd: top };
  const ran = await runGit(["hook", "run", "--ignore-missing", hook], at);
  // Git hands on what a hook prints as its own errors.
  const said = new TextDecoder().decode(ran.stdout) + ran.stderr;
  if (/is not a git command|unknown option|usage:/.test(said)) {
    return runDirectly(path, top, at.env, token);
  }
  if (!said.includes(token)) {
    return said.trim() === "" ? "git does not run it" : said.trim().split("\n")[0];
  }
  return /^k \d/m.test(said) ? undefined : `k does not start: ${said.trim().split("\n").at(-1) ?? ""}`;
}

/** For a git older than 2.36. */
function runDirectly(path: string, top: string, env: GitOptions["env"], token: string): string | undefined {
  const ran = Bun.spawnSync([path], {
    cwd: top,
    env: env as Record<string, string>,
    stdout: "pipe",
    stderr: "pipe",
    stdin: "ignore",
  });
  const said = ran.stdout.toString();
  return said.includes(token) && /^k \d/m.test(said) ? undefined : `it ended with ${ran.exitCode}`;
}

async function configuredHooks(top: string, git: GitOptions): Promise<readonly string[]> {
  const asked = await runGit(["config", "-z", "--name-only", "--get-regexp", "^hook\\..*\\.command$"], {
    ...git,
    cwd: top,
  });
  return asked.exitCode === 0
    ? new TextDecoder()
        .decode(asked.stdout)
        .split("\0")
        .filter((name) => name !== "")
    : [];
}

/** One problem per kind of trouble, for all hooks that have it. */
function problemsOf(hooks: readonly HookStatus[]): readonly Problem[] {
  const hint = "k hooks install";
  const having = (state: HookStatus["state"]): readonly HookStatus[] => hooks.filter((hook) => hook.state === state);
  const group = (state: HookStatus["state"], words: string): readonly Problem[] => {
    const names = having(state).map(({ hook }) => hook);
    return names.length === 0 ? [] : [{ kind: "hook", what: `${words}: ${names.join(", ")}`, hint }];
  };
  return [
    ...group("missing", "not installed"),
    ...group("not-executable", "not executable, so that git passes over them"),
    ...group("outdated", "made by another version of `k`, or by one in another place"),
    ...having("foreign").map(
      ({ hook, detail }): Problem => ({
        kind: "hook",
        what: `${hook} is a hook of ${detail}, and does not run \`k\``,
        hint: `${hint} keeps it and runs it first`,
      })
    ),
    ...having("silent").map(
      ({ hook, detail }): Problem => ({
        kind: "hook",
        what: `${hook} is there, and git does not get to \`k\` by it: ${detail}`,
        hint,
      })
    ),
  ];
}
