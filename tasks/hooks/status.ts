import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Show whether the git hooks are installed and fire",
  description:
    "Git itself is told to run each hook once, with the word to do nothing, so that what is in the way shows: another " +
    "`core.hooksPath`, a missing execute bit, a hook of another program, a `k` that moved. Fails where one does not fire.",
  flags: { json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  run: ({ use, flags }) => use.hooks.status(flags.json),
});
