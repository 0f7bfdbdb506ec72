import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Print a job matrix for a CI: tasks, and for those that take --shard their parts",
  description:
    "One line of JSON for `strategy.matrix` of GitHub and Forgejo Actions, or for any CI that makes jobs from JSON. A row holds a " +
    "name and the arguments for `k`. A path is in the same part on each runner, so no job has to know of another.",
  args: { tasks: { summary: "Tasks (default: lint and format:check)", variadic: true, complete: "task" } },
  flags: {
    shards: {
      type: "number",
      value: "N",
      min: 1,
      max: 256,
      summary: "Parts of each task (default: one for each 2,000 files, 16 at most)",
    },
  },
  examples: ['echo "matrix=$(./k ci matrix)" >> "$GITHUB_OUTPUT"', "k ci matrix lint --shards 4"],
  silent: true,
  run: async ({ use, params, flags, print }) => {
    print(await use.ciMatrix(params.tasks, flags.shards));
  },
});
