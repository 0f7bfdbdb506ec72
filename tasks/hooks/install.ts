import { defineTask } from "../../lib/task.ts";

export default defineTask({
  summary: "Install the git hooks of this repository",
  description:
    "A hook that is there already is kept beside and runs first; `k hooks uninstall` brings it back. Doing it again changes " +
    "nothing. Where `core.hooksPath` of the repository names a folder, they go there.",
  args: { hooks: { summary: "Only these; all that have a job where none is given", variadic: true, complete: "hook" } },
  examples: ["k hooks install", "k hooks install pre-commit commit-msg"],
  silent: true,
  run: async ({ use, params, print }) => print(await use.hooks.install(params.hooks)),
});
