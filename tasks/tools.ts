import { defineTask } from "../lib/task.ts";

export default defineTask({
  summary: "Show each linter and formatter: where it comes from, its version, its config",
  flags: { json: { type: "boolean", summary: "As JSON" } },
  silent: true,
  run: async ({ use, flags, print }) => {
    print(await use.about({ kind: "tools", json: flags.json }));
  },
});
