import type { CompletionServices } from "../core/services.ts";
import type { TaskContext } from "../core/task.ts";
import type { Wiring } from "./wiring.ts";

/** `context.use.completions`. */
export function completionServices({ opened, io }: Wiring, { print }: Pick<TaskContext, "print">): CompletionServices {
  return {
    async script(shell) {
      const [{ completionScript }, { ownProgram }] = await Promise.all([
        import("../completion/script.ts"),
        import("../host/own-program.ts"),
      ]);
      return completionScript(shell, ownProgram(opened.home));
    },
    async change(action, shells) {
      const { changeCompletions } = await import("./change-completions.ts");
      return changeCompletions(action, shells, { env: io.env, home: opened.home, print });
    },
  };
}
