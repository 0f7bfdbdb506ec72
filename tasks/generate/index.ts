import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Write the files that are made from k's code: tables, schema, reference pages",
  aliases: ["gen"],
  homeOnly: true,
  run: async ({ use, log }) => {
    const changed = await use.generate(true);
    for (const path of changed) {
      log(path);
    }
    return { status: "passed", note: changed.length === 0 ? "all current" : `${changed.length} written` };
  },
});
