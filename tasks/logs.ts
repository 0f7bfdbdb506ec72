import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Show what a task printed when it last ran",
  description:
    "The output as it came, to stdout: in a pipe byte for byte, on a terminal without what would move its cursor. A " +
    "linter's log holds its findings. Without a task: the output of all tasks of the last run.",
  args: { task: { summary: "A task, or one that gathers others", complete: "task" } },
  flags: {
    run: { type: "text", value: "ID", summary: "Of this run; a part of its name will do" },
    list: { type: "boolean", summary: "Show which runs are kept, or which of them had the task" },
    json: { type: "boolean", summary: "The same as JSON" },
  },
  examples: ["k logs lint:bash", "k logs test | less -R", "k logs --list"],
  silent: true,
  run: ({ use, params, flags }) =>
    flags.list || flags.json
      ? use.ledger.runs({ task: params.task, json: flags.json })
      : use.ledger.logs({ task: params.task, run: flags.run }),
});
