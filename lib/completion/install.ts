import { lstatSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Problem } from "../core/problem.ts";
import { errorCode, fileProblem } from "../host/file-problem.ts";
import { userHome } from "../host/user-home.ts";
import { completionScript } from "./script.ts";
import type { Shell } from "./write-answer.ts";

export interface InstallPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The program that the scripts ask where there is no `k` on PATH, absolute. */
  readonly own: string;
}

export interface CompletionFile {
  readonly shell: Shell;
  /** Absolute. */
  readonly path: string;
  readonly outcome: "written" | "renewed" | "there" | "removed" | "absent" | "failed";
  /** What the user has yet to do, a line for a startup file that is theirs alone to change. */
  readonly advice?: string;
  readonly problem?: Problem;
}

/** Puts the scripts where the shells load them by themselves. A second time changes nothing; a file that is not `k`'s stays. */
export function installCompletions(shells: readonly Shell[], place: InstallPlace): readonly CompletionFile[] {
  return shells.map((shell): CompletionFile => {
    const path = fileOf(shell, place.env);
    const text = completionScript(shell, place.own);
    return attempt(shell, path, "the completion is not installed", () => {
      const before = textOf(path);
      if (before !== undefined && !isOurs(before)) {
        return foreign(shell, path);
      }
      if (before !== text) {
        writeWhole(path, text);
      }
      const advice = adviceFor(shell, path, place.env);
      return {
        shell,
        path,
        outcome: before === undefined ? "written" : before === text ? "there" : "renewed",
        ...(advice === undefined ? {} : { advice }),
      };
    });
  });
}

/** Takes away what `installCompletions` put there, and nothing else. */
export function uninstallCompletions(shells: readonly Shell[], place: InstallPlace): readonly CompletionFile[] {
  return shells.map((shell): CompletionFile => {
    const path = fileOf(shell, place.env);
    return attempt(shell, path, "the completion is not removed", () => {
      const before = textOf(path);
      if (before === undefined) {
        return { shell, path, outcome: "absent" };
      }
      if (!isOurs(before)) {
        return foreign(shell, path);
      }
      rmSync(path);
      return { shell, path, outcome: "removed" };
    });
  });
}

/** Where each shell looks for the completion of a program by its name, per user. */
export function fileOf(shell: Shell, env: InstallPlace["env"]): string {
  switch (shell) {
    case "bash":
      // <https://github.com/scop/bash-completion>: loaded when `k` is first completed.
      return join(
        env["BASH_COMPLETION_USER_DIR"] ?? join(base(env, "XDG_DATA_HOME", ".local/share"), "bash-completion"),
        "completions/k"
      );
    case "fish":
      return join(base(env, "XDG_CONFIG_HOME", ".config"), "fish/completions/k.fish");
    case "zsh":
      return join(base(env, "XDG_DATA_HOME", ".local/share"), "zsh/site-functions/_k");
  }
}

/** By the XDG base directory specification: a variable that is no absolute path counts as not set. */
function base(env: InstallPlace["env"], name: string, otherwise: string): string {
  const value = env[name];
  return value?.startsWith("/") === true ? value : join(userHome(env), otherwise);
}

/** Scripts of ours say so in their first two lines: zsh's begins with what zsh wants to see there. */
function isOurs(text: string): boolean {
  return text.split("\n", 4).some((line) => line.startsWith("# Completion of `k` for "));
}

function foreign(shell: Shell, path: string): CompletionFile {
  const problem: Problem = {
    kind: "file",
    path,
    what: "left as it is",
    why: "it is not from k",
    hint: `look at it; without it, \`k completions install ${shell}\` writes its own`,
  };
  return { shell, path, outcome: "failed", problem };
}

function attempt(shell: Shell, path: string, what: string, act: () => CompletionFile): CompletionFile {
  try {
    return act();
  } catch (error) {
    return { shell, path, outcome: "failed", problem: fileProblem(path, what, error) };
  }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") {
      return undefined;
    }
    throw error;
  }
}

/** Under another name first, so that no shell reads half of it; a link is followed, as those who keep such files in git want it. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const target = isLink ? realpathSync(path) : path;
  const temporary = `${target}.${process.pid}`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The places where systems keep bash-completion, which bash itself does not bring. */
const bashCompletion = [
  "/usr/share/bash-completion/bash_completion",
  "/etc/bash_completion",
  "/usr/local/etc/profile.d/bash_completion.sh",
  "/opt/homebrew/etc/profile.d/bash_completion.sh",
  "/run/current-system/sw/share/bash-completion/bash_completion",
];

/** fish needs nothing; bash needs bash-completion, and zsh to know the folder. */
function adviceFor(shell: Shell, path: string, env: InstallPlace["env"]): string | undefined {
  switch (shell) {
    case "fish":
      return undefined;
    case "bash": {
      const isThere =
        env["BASH_COMPLETION_VERSINFO"] !== undefined || bashCompletion.some((file) => textOf(file) !== undefined);
      return isThere ? undefined : `bash-completion is not installed: without it, add to ~/.bashrc: source '${path}'`;
    }
    case "zsh": {
      const folder = dirname(path);
      const rc = join(env["ZDOTDIR"] ?? userHome(env), ".zshrc");
      const known = [env["FPATH"] ?? "", readable(rc)].some(
        (text) => text.includes(folder) || text.includes(".local/share/zsh/site-functions")
      );
      return known
        ? undefined
        : `zsh has to know the folder: add to ${rc}, before compinit: fpath=('${folder}' $fpath)`;
    }
  }
}

function readable(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
