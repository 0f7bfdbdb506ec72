import { readFileSync } from "node:fs";
import { fileOf, installCompletions } from "../completion/install.ts";
import { completionScript } from "../completion/script.ts";
import { ProblemError } from "../core/problem.ts";
import type { Machine } from "../setup/machine.ts";
import { loginShell } from "../setup/shell-file.ts";
import type { Io } from "./io.ts";
import type { Opened } from "./open-project.ts";
import { ownProgram } from "../host/own-program.ts";

/** The completion of the user's own shell, for setup: what installing it would write, and the writing. */
export function completionState({ home }: Opened, { env }: Io): Machine["completions"] {
  const shell = loginShell({ env });
  const own = ownProgram(home);
  return {
    look() {
      if (shell === undefined) {
        return Promise.resolve([]);
      }
      const path = fileOf(shell, env);
      const isCurrent = textOf(path) === completionScript(shell, own);
      return Promise.resolve(isCurrent ? [] : [`k completions install ${shell}`, `  writes ${path}`]);
    },
    install() {
      const files = installCompletions(shell === undefined ? [] : [shell], { env, own });
      const problems = files.flatMap(({ problem }) => problem ?? []);
      if (problems.length > 0) {
        return Promise.reject(new ProblemError(...problems));
      }
      return Promise.resolve(
        files
          .map(({ path, advice }) => [`wrote ${path}`, ...(advice === undefined ? [] : [advice])].join("\n"))
          .join("\n")
      );
    },
  };
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
