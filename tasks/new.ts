import { defineTask, scaffoldKinds } from "../lib/task.ts";

export default defineTask({
  summary: "Write a new task, git hook or tool, with a test that passes",
  description:
    "In a project of yours a task goes to the folder that `tasks.dir` of konductor.toml names, which is made where there " +
    "is none. Nothing that is there is written over. On a terminal it asks for what is not given.",
  args: {
    kind: { summary: "What to make", choices: scaffoldKinds },
    name: {
      summary: "A task's name (deploy:staging), a hook as git names it (pre-push), a tool's program",
      // Also the name of a task that is there is a word of this one, and no second task to run.
      complete: "task",
    },
  },
  flags: { summary: { type: "text", value: "TEXT", summary: "What it does, in a line" } },
  examples: ["k new task deploy:staging", 'k new hook pre-push --summary "Guard the main branch"', "k new tool vale"],
  silent: true,
  interactive: true,
  locks: [{ name: "worktree-write", mode: "shared" }],
  run: async ({ use, params, flags, print }) => {
    const kind = scaffoldKinds.find((one) => one === params.kind);
    print(await use.scaffold.create({ kind, name: params.name, summary: flags.summary }));
  },
});
