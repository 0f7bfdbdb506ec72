import { type Machine, userHome } from "./machine.ts";
import type { Look, Wishes } from "./step.ts";

/** Where git settings go. */
export type GitScope =
  | { readonly ok: true; readonly flag: "--local" | "--global"; readonly cwd: string }
  | { readonly ok: false; readonly look: Look };

/** This repository, or the user's own git config where that was asked for. */
export function gitScope(machine: Machine, { global }: Wishes): GitScope {
  if (machine.which("git") === undefined) {
    const problem = { kind: "tool-missing", tool: "git", install: "install it with your package manager" } as const;
    return { ok: false, look: { status: "stuck", problem } };
  }
  if (global && userHome(machine) === undefined) {
    return { ok: false, look: { status: "idle", found: "HOME is not set" } };
  }
  if (!global && machine.worktree === undefined) {
    return {
      ok: false,
      look: { status: "idle", found: "this is no git repository", hint: "--global sets it for you" },
    };
  }
  return { ok: true, flag: global ? "--global" : "--local", cwd: machine.worktree ?? machine.root };
}

/** The value in force here, whichever file it comes from. */
export async function gitConfig(key: string, machine: Machine): Promise<string | undefined> {
  const ran = await machine.run(["git", "config", "--get", key], { cwd: machine.worktree ?? machine.root });
  return ran.exitCode === 0 ? ran.stdout.replace(/\n$/, "") : undefined;
}
