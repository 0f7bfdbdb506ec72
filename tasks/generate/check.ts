import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Check that the files that are made from k's code are current",
  homeOnly: true,
  run: async ({ use }) => {
    const stale = await use.generate(false);
    if (stale.length === 0) {
      return { status: "passed" };
    }
    return {
      status: "failed",
      problems: [{ kind: "refused", what: `not current: ${stale.join(", ")}`, hint: "`k generate` writes them" }],
    };
  },
});
