import { type CompletionFile, installCompletions, uninstallCompletions } from "../completion/install.ts";
import type { Shell } from "../completion/write-answer.ts";
import { shells as allShells } from "../completion/write-answer.ts";
import type { TaskResult } from "../core/task.ts";
import { ownProgram } from "../host/own-program.ts";

interface Around {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  print(text: string): void;
}

/** Installs or takes away the completions of these shells, or of those that this machine has, and prints what it did. */
export function changeCompletions(
  action: "install" | "uninstall",
  asked: readonly Shell[],
  { env, home, print }: Around
): TaskResult {
  const place = { env, own: ownProgram(home) };
  const files =
    action === "install"
      ? installCompletions(wanted(asked, env), place)
      : uninstallCompletions(asked.length > 0 ? asked : allShells, place);
  print(
    files
      .filter(({ outcome }) => outcome !== "failed")
      .map(lineOf)
      .join("")
  );
  const problems = files.flatMap(({ problem }) => problem ?? []);
  return problems.length === 0 ? { status: "passed" } : { status: "failed", problems };
}

function wanted(asked: readonly Shell[], env: Around["env"]): readonly Shell[] {
  const there = allShells.filter((shell) => Bun.which(shell, { PATH: env["PATH"] ?? "" }) !== null);
  return asked.length > 0 ? asked : there;
}

function lineOf({ shell, path, outcome, advice }: CompletionFile): string {
  const said = {
    written: `installed in ${path}; new shells have it`,
    renewed: `renewed in ${path}; new shells have it`,
    there: `is there already: ${path}`,
    removed: `removed: ${path}`,
    absent: "was not installed",
    failed: "",
  }[outcome];
  return `${shell}: ${said}\n${advice === undefined ? "" : `  ${advice}\n`}`;
}
