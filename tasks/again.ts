import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Run the last command line again",
  description:
    "Prints the command line first, and runs it in the folder in which it was typed. Flags of `k` itself are added to it. " +
    "With `--failed` only the tasks run that failed, were skipped because of that, or did not come to their end.",
  flags: { failed: { type: "boolean", summary: "Only what failed, and what was skipped because of it" } },
  examples: ["k again", "k again --failed", "k again --verbose"],
  silent: true,
  // The command line sees to it before anything runs, so this is only reached as another task's need.
  run: () => ({
    status: "failed",
    problems: [{ kind: "wrong-use", message: "`again` runs alone", hint: "no task can need it" }],
  }),
});
