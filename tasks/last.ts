import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Show how the last run went",
  description: "Its command line, how it ended, and a line per task. Questions such as `k list` leave no run.",
  flags: {
    run: { type: "text", value: "ID", summary: "Another run; a part of its name will do" },
    json: { type: "boolean", summary: "As JSON" },
  },
  examples: ["k last", "k last --json"],
  silent: true,
  run: ({ use, flags }) => use.ledger.last({ run: flags.run, json: flags.json }),
});
