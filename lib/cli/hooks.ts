import { relative } from "node:path";
import { type HookName, hookNames, parseHookName } from "../core/hook.ts";
import { ProblemError } from "../core/problem.ts";
import type { TaskContext, TaskResult } from "../core/task.ts";
import { settingFaults } from "../hooks/check-settings.ts";
import { hooksJson, showHooks, usedHooks } from "../hooks/describe.ts";
import { findHooksFolder } from "../hooks/hooks-folder.ts";
import { type HookStatus, readStatus, type SetupStatus } from "../hooks/hook-status.ts";
import { installHooks, type Setup, uninstallHooks } from "../hooks/install.ts";
import { loadAllHooks, unknownHook } from "../hooks/load.ts";
import { findOtherManagers } from "../hooks/other-managers.ts";
import { removeIdleFolder } from "../hooks/run-folder.ts";
import { keptSuffix } from "../hooks/shim.ts";
import { type HookPlace, openHookPlace } from "./hook-place.ts";
import type { Io } from "./io.ts";
import type { Configured } from "./open-project.ts";

interface Open {
  readonly at: HookPlace;
  readonly setup: Setup;
}

async function open(configured: Configured, io: Io): Promise<Open> {
  const at = await openHookPlace(configured.cwd, configured.home, io, configured);
  const folder = await findHooksFolder(at.place.top, { env: io.env });
  return { at, setup: { folder, home: configured.home, top: at.place.top } };
}

/** Words as hooks of git; rejects with a `ProblemError` that names the nearest for each that is none. */
function namesOf(words: readonly string[]): readonly HookName[] {
  const problems = words.filter((word) => parseHookName(word) === undefined).map(unknownHook);
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
  return words.flatMap((word) => parseHookName(word) ?? []);
}

async function wantedHooks({ folders, settings }: HookPlace): Promise<readonly HookName[]> {
  return usedHooks(await loadAllHooks(folders, settings), settings);
}

export async function installedText(words: readonly string[], configured: Configured, io: Io): Promise<string> {
  const asked = namesOf(words);
  const { at, setup } = await open(configured, io);
  const result = installHooks(setup, asked.length > 0 ? asked : await wantedHooks(at), asked.length === 0);
  const { folder } = setup;
  const others = findOtherManagers(setup.top).map(({ name, file }) => `${name} (${file})`);
  return lines([
    result.written.length > 0 ? `installed in ${shown(folder.path, setup.top)}: ${result.written.join(", ")}` : "",
    result.current.length > 0 ? `as they were: ${result.current.join(", ")}` : "",
    result.removed.length > 0 ? `taken away, for nothing is left for them to do: ${result.removed.join(", ")}` : "",
    ...result.chained.map((hook) => `${hook}: the hook from before runs first; it is kept as ${hook}${keptSuffix}`),
    folder.inWorktree === undefined
      ? ""
      : `they are in the working tree, and for this machine only: keep ${folder.inWorktree} out of git`,
    others.length > 0 ? `this repository is set up for ${others.join(", ")} too` : "",
  ]);
}

export async function uninstalledText(words: readonly string[], configured: Configured, io: Io): Promise<string> {
  const asked = namesOf(words);
  const { at, setup } = await open(configured, io);
  const { removed, restored, left } = uninstallHooks(setup.folder.path, asked.length > 0 ? asked : hookNames);
  if (asked.length === 0) {
    removeIdleFolder(at.place.folder);
  }
  return lines([
    removed.length > 0 ? `taken away: ${removed.join(", ")}` : "",
    restored.length > 0 ? `as before again: ${restored.join(", ")}` : "",
    ...left.map((hook) => `${hook}: another hook stands there now, so what was kept stays as ${hook}${keptSuffix}`),
    removed.length + restored.length + left.length === 0 ? "there was nothing of k to take away" : "",
  ]);
}

export async function hookStatus(
  json: boolean,
  configured: Configured,
  io: Io,
  print: TaskContext["print"]
): Promise<TaskResult> {
  const { at, setup } = await open(configured, io);
  const status = await readStatus(setup, await wantedHooks(at), { env: io.env });
  print(json ? statusJson(status) : statusText(status, setup.top));
  return status.problems.length === 0 ? { status: "passed" } : { status: "failed", problems: status.problems };
}

const states: Readonly<Record<HookStatus["state"], string>> = {
  fires: "fires",
  missing: "not installed",
  foreign: "another hook stands there",
  "not-executable": "not executable",
  outdated: "of another k",
  silent: "does not reach k",
};

function statusText({ folder, hooks, others, configured }: SetupStatus, top: string): string {
  const width = Math.max(0, ...hooks.map(({ hook }) => hook.length));
  const rows = hooks.map(
    ({ hook, state, keeps }) =>
      `${hook.padEnd(width)}  ${states[state]}${keeps === undefined ? "" : `, behind ${keeps}`}`
  );
  return lines([
    `hooks folder: ${shown(folder.path, top)}${folder.setting === undefined ? "" : ` (core.hooksPath = ${folder.setting})`}`,
    ...rows,
    ...configured.map((name) => `git runs a command of its own config too: ${name}`),
    others.length === 0
      ? ""
      : `set up for other hook managers too: ${others.map(({ name, file }) => `${name} (${file})`).join(", ")}`,
  ]);
}

function statusJson({ folder, hooks, others, configured }: SetupStatus): string {
  return `${JSON.stringify({ version: 1, folder: folder.path, hooksPath: folder.setting ?? null, hooks, others, configured }, null, 2)}\n`;
}

export async function listedText(
  words: readonly string[],
  json: boolean,
  configured: Configured,
  io: Io
): Promise<string> {
  const asked = namesOf(words);
  const { folders, settings } = await openHookPlace(configured.cwd, configured.home, io, configured);
  const hooks = (await loadAllHooks(folders, settings)).filter(
    ({ name }) => asked.length === 0 || asked.includes(name)
  );
  return json ? hooksJson(hooks, settings) : showHooks(hooks, settings);
}

export async function validatedText(configured: Configured, io: Io): Promise<string> {
  const { folders, settings } = await openHookPlace(configured.cwd, configured.home, io, configured);
  const hooks = await loadAllHooks(folders, settings);
  const problems = settingFaults(hooks, settings);
  if (problems.length > 0) {
    throw new ProblemError(...problems);
  }
  const jobs = hooks.reduce((sum, hook) => sum + hook.jobs.length, 0);
  return `${hooks.length} hooks with ${jobs} jobs: all is well\n`;
}

function shown(path: string, top: string): string {
  const below = relative(top, path);
  return below.startsWith("..") ? path : below;
}

function lines(all: readonly string[]): string {
  return all
    .filter((line) => line !== "")
    .map((line) => `${line}\n`)
    .join("");
}
