import type { ExitCode } from "../core/exit-code.ts";
import type { HookCall } from "../core/services.ts";
import { startStatusAhead } from "../hooks/status-ahead.ts";
import type { Io } from "./io.ts";

/** A hook as its script calls it: git gave `args`, and stdin is what git writes. */
export async function gitHook(hook: string, args: readonly string[], home: string, io: Io): Promise<ExitCode> {
  const cwd = io.cwd();
  if (hook === "pre-commit" && io.env["K_HOOKS"] !== "0") {
    startStatusAhead(cwd, io.env);
  }
  const call: HookCall = {
    hook,
    args,
    jobs: [],
    tags: [],
    exclude: [],
    files: [],
    allFiles: false,
    from: undefined,
    to: undefined,
    fix: undefined,
    byGit: true,
  };
  // All of it loads while git is at work.
  const { superviseHook } = await import("./supervise-hook.ts");
  return superviseHook(call, { home, cwd, io, cores: undefined, show: {} });
}
